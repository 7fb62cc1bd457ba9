// When a passkey cannot be used (put away, refused, not there) the page says so, and nothing else happens.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-problem").hidden = false;
});
