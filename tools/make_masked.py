"""Make `src/scherp/signs/spelling/masked.txt`: hashes of the words that are masked in every quote.

Run: npm pack naughty-words@1.2.0 && tar xzf naughty-words-1.2.0.tgz && python tools/make_masked.py package
The words come from the npm package naughty-words (CC-BY-4.0, see NOTICE), Dutch and English, single words only,
written as Scherp reads them. They never enter the project in clear. Words for who somebody is are left out:
an orientation or an origin is not sexual talk. So are swear words that say nothing of sex, and words
that mostly mean something else.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import sys

from scherp.signs.normaliser import tokens

TARGET = pathlib.Path(__file__).parent.parent / "src/scherp/signs/spelling/masked.txt"
WHO_SOMEBODY_IS = {
    "gay", "gays", "homo", "homos", "lesbian", "lesbians", "lesbisch", "bi", "bisexual", "biseksueel", "trans",
    "transgender", "queer", "flikker", "nicht", "pot", "potten", "poot", "dyke", "butch", "jew", "jood", "turk",
    "paki", "neger", "nigger", "nigga", "zwarte", "kaffer", "spic", "chink", "wetback", "towelhead", "raghead",
    "coon", "darkie", "negro", "honkey", "redneck", "jigaboo", "jiggaboo", "kike", "beaner", "beaners", "poof",
    "poofter", "faggot", "fag", "shemale", "tranny", "nazi", "swastika", "kut", "kutwijf", "klootzak", "klote",
    "shit", "shitty", "bullshit", "damn", "hell", "fuck", "fucking", "fuckin", "godverdomme", "verdomme",
    "kanker", "tering", "tyfus", "lul", "eikel", "trut", "bitch", "bitches", "bastard", "asshole", "idiot",
    "klerelijer",
    "mongool", "retard", "stront", "schijt", "wijf", "vrouw", "meisje", "jongen", "girl", "boy", "bloody", "crap",
    "suck", "sucks", "butt", "ass", "god", "rot", "kak", "kakken", "poep", "poepen", "pis", "pissen", "scheet",
}  # fmt: skip
EVERYDAY = {
    # in these lists, but mostly said of something else: a turn, a hat, a hole, a kiss under a message, a name
    "anita",
    "balen",
    "belazeren",
    "beurt",
    "brugpieper",
    "del",
    "dombo",
    "flikken",
    "gat",
    "griet",
    "hol",
    "matje",
    "muts",
    "paal",
    "pik",
    "reet",
    "schatje",
    "toeter",
    "watje",
    "xxx",
    "zeiken",
    "domination",
    "hardcore",
    "skeet",
}


def main(folder: str) -> None:
    """Write the sorted hashes of all single words of both lists."""
    lists = [json.loads((pathlib.Path(folder) / f"{code}.json").read_text(encoding="utf-8")) for code in ("nl", "en")]
    single = {words[0] for entries in lists for entry in entries if len(words := tokens(entry)) == 1}
    kept = {word for word in single - WHO_SOMEBODY_IS - EVERYDAY if len(word) > 2}
    hashes = sorted(hashlib.blake2b(word.encode(), digest_size=6).hexdigest() for word in kept)
    TARGET.write_text("\n".join(hashes) + "\n", encoding="ascii")
    print(f"{len(hashes)} words")


if __name__ == "__main__":
    main(sys.argv[1])
