"""Documents as people write them, put together by chance from invented sentences, and where each sentence of them ends."""

from __future__ import annotations

import random
from dataclasses import dataclass

ENGLISH = """
We rewrote the scheduler because the old one dropped ticks whenever the clock jumped.
It took us three months, two prototypes and one very honest review from Ana Pérez before we dared to ship it.
The new one is 35 % faster on a laptop, and it uses less than 20 MB of memory while it waits.
Nobody noticed the change, which is the best thing that can be said about a scheduler.
If you run it on a small server, start with `scheduler.toml` and leave everything else as it is; the defaults are fine.
Dr. Lindqvist, who maintains the parser, told us that most reports come from files that were edited by hand.
"We do not want to be clever," she said, "we want to be boring on a Friday evening."
Thank you to everybody who tested the release candidates, wrote down what they saw, and had patience with our questions.
Version 2.4.1 is out today!
Why did it take so long?
Because we threw the first attempt away.
The migration is one command (`store migrate --to 3`), and it can be run twice without harm.
On the largest table that we know of, 10 000 rows a second went in and 3.5 million came out at the end of the night.
Read the whole story at https://example.org/blog/2026/the-scheduler-that-waits and tell us what we forgot.
We were wrong about caches: they hid the bug for a year, and then they hid its mending for another month.
A contributor in Lagos found it in an afternoon, with print statements, a pot of tea and no access to our servers.
That is what open source is for.
The documentation has a new chapter on time zones, on daylight saving, and on the one hour a year that happens twice.
Please do not upgrade on a Friday, e.g. before a holiday; we will be asleep, too.
What surprised us most was how many people run it on machines that we had never heard of — routers, cameras, a lighthouse.
The next release will be about figures: how many people read a post, what they clicked, and what that cost you.
There is no roadmap beyond that, and we think that this is honest.
""".strip().splitlines()
SPANISH = """
¿Qué cambia en esta versión?
Casi nada que se vea, y casi todo lo que no se ve: el planificador es nuevo, más sencillo y un 35 % más rápido.
La Sra. Díaz lo probó durante seis semanas en un servidor de 5 € al mes, sin perder ni una sola tarea.
¡Gracias a todas las personas que escribieron informes claros y tuvieron paciencia con nosotros!
""".strip().splitlines()
GERMAN = """
Die neue Version läuft seit März auf 12 Rechnern, z. B. auf einem alten Laptop unter dem Schreibtisch.
Übrigens kostet der Umzug nur einen Befehl, und er lässt sich wiederholen, ohne dass etwas verloren geht.
""".strip().splitlines()
ARABIC = """
أصدرنا اليوم نسخة جديدة من البرنامج، وهي أسرع من النسخة السابقة بكثير.
هل جربتم النسخة الجديدة؟
نشكر كل من ساهم في هذا العمل، ونرحب بأسئلتكم على https://example.org/ar في أي وقت.
""".strip().splitlines()
HEBREW = """
היום יצאה גרסה חדשה, והיא מהירה הרבה יותר מהקודמת.
תודה לכל מי שבדק, כתב ושאל שאלות טובות.
""".strip().splitlines()
CHINESE = """
我们今天发布了新版本，调度器完全重写，速度比以前快了百分之三十五。
感谢所有参与测试的朋友！
如果你在小型服务器上运行它，请先阅读文档，再修改配置文件，默认设置对大多数人来说已经足够了。
""".strip().splitlines()
JAPANESE = """
本日、新しいバージョンを公開しました。
スケジューラーを全面的に書き直したので、古いパソコンでも安定して動作します。
「退屈なくらいがちょうどいい。」と、開発者のアンナさんは話していました。
""".strip().splitlines()
EMOJI = """
We shipped it 🎉
The team in Nairobi 🇰🇪 wrote the tests, the team in Oslo 🇳🇴 broke them, and everybody had fun 👩‍🔬👨🏽‍💻.
Thank you all ❤️‍🔥!
""".strip().splitlines()
ITEMS = """
faster start: 0.3 s instead of 2 s on the smallest machine that we could find
a clear message when the clock jumps, with the time before and after
no more lost ticks, not even at the end of March
one file for all settings (see https://example.org/settings)
`store doctor` looks whether everything is as it must be
support for Python 3.14, thanks to @kofi@fosstodon.example
""".strip().splitlines()
LEADS = ["What is new:", "Three things that we learned:", "In short:", "## What changed", "Lo nuevo:"]
CODE = [
    "```\npip install scheduler\nscheduler init --here\n```",
    '```python\nfrom scheduler import Clock\n\nprint(Clock("UTC").now())\n```',
]
TAGS = ["#OpenSource #Python", "#scheduler", "#FOSS 🚀"]
LANGUAGES = [ENGLISH] * 8 + [SPANISH, GERMAN, ARABIC, HEBREW, CHINESE, JAPANESE, EMOJI, EMOJI]
_UNSPACED = (CHINESE, JAPANESE)


@dataclass(frozen=True, kw_only=True)
class Document:
    """A text, and the offsets at which one of its sentences, items or lines ends."""

    text: str
    ends: frozenset[int]


def document(seed: int, length: int = 2_600) -> Document:
    """The document of this seed, somewhat longer than ``length`` characters."""
    chance = random.Random(seed)
    text = ""
    ends: set[int] = set()
    while len(text) < length:
        for unit, glue in _block(chance):
            text += unit
            ends.add(len(text))
            text += glue
        text = text.rstrip() + "\n\n"
    return Document(text=text.rstrip(), ends=frozenset(ends))


def _block(chance: random.Random) -> list[tuple[str, str]]:
    """A paragraph, list, code block or line of tags: sentences, each with what is put between it and the next."""
    kind = chance.random()
    if kind < 0.12:
        items = chance.sample(ITEMS, chance.randint(2, 5))
        mark = chance.choice(["- ", "* ", "• ", "✅ "])
        return [(chance.choice(LEADS), chance.choice(["\n", "\n\n"])), *((mark + item, "\n") for item in items)]
    if kind < 0.18:
        return [(chance.choice(CODE), "")]
    if kind < 0.22:
        return [(chance.choice(TAGS), "")]
    pool = chance.choice(LANGUAGES)
    picked = chance.sample(pool, min(len(pool), chance.choice([1, 2, 2, 3, 4, 5])))
    return [(sentence, "" if pool in _UNSPACED else " ") for sentence in picked]
