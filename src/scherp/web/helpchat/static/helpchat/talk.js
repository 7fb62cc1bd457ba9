// The young person's page of a talk; without this file it works by buttons.
import { live } from "../talks/live.js";

const root = document.querySelector("[data-talk]");
if (root.querySelector("[data-when=over]").hidden) live(root, { headers: { "X-Form": root.dataset.formToken } });
root.querySelector("[data-list]").lastElementChild?.scrollIntoView({ block: "nearest" });
