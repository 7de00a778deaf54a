"""How much of what was off the record is found again, and how often the checks cry wolf.

    .venv/bin/python benchmarks/leaks.py FOLDER

Sixty invented sentences are planted off the record, six at a time, into each text of the folder (posts and interviews of
yours); the offline drafter drafts from it. *Recall* is over what was planted: each sentence repeated in a post of its own, in
ways that people, models and attackers would; what its text says on the record too may be repeated, and counts as missed.
*False alarms* are counted on the drafts: against what was planted in their own source, and against all sixty sentences and
no record, as if somebody had said them in a call that nobody else was in.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from contentkit.drafting import Brief
from contentkit.drafting.extractive import ExtractiveDrafter
from contentkit.errors import ContentkitError
from contentkit.forbidden import Forbidden
from contentkit.sources import parse_source

# Sentence | lightly reworded; only its name; only its number (empty: it has none).
SENTENCES = """
The lead investor of the round is Northwind Capital. | Northwind Capital is the lead investor of our round. | Northwind |
We are at nine million in annual revenue. | Our annual revenue is at 9 million. | | A $9m story.
Bob Keller leaves us at the end of March. | At the end of March Bob Keller is leaving. | Thanks, Keller! | See you in March.
Only 23 customers pay us more than a thousand dollars. | 23 customers are those who pay us more than $1,000. | | All 23
We failed the Fernhill audit twice. | The Fernhill audit, we failed it twice. | Fernhill is near. |
Our runway is 14 months if nobody signs. | If nobody signs, our runway is fourteen months. | | In 14 months.
Helvetia Data wants to buy the company. | Helvetia Data would like to buy the company. | Hello #HelvetiaData |
The board asked Lena to step down. | Lena was asked by the board to step down. | Lena says hello. |
The contract with Oakbridge is worth 1.2 million. | Our Oakbridge contract is worth $1,200,000. | Oakbridge! | It is 1.2M.
Churn was 31 percent last quarter. | Last quarter our churn was 31%. | | A share of 31%.
The outage was caused by Priya's migration script. | Priya's migration script caused the outage. | Ask Priya. |
We will lay off eighteen people in Lisbon. | In Lisbon we lay off 18 people. | Lisbon is nice. | There are eighteen of us.
The patent dispute with Quillmark is not settled. | Our dispute with Quillmark over the patent is not settled. | Quillmark. |
They offered us 40 million and we said no. | We said no to an offer of forty million. | | 40,000,000 reasons.
The beta of Skylark ships on October 7. | Skylark's beta ships on 7 October. | Skylark flies. | Mark 7 October.
Dunmore Bank, a top customer, has not paid since June. | A top customer, Dunmore Bank, did not pay since June. | Dunmore | June
The security hole was open for 211 days. | For 211 days the security hole was open. | | 211 days.
Marten and I do not speak to each other. | Marten and me, we do not speak. | Marten |
We paid Larkspur 85,000 euros for the logo. | Larkspur got €85k from us for the logo. | Larkspur | 85,000
The government of Norway is a customer. | Norway's government is a customer of ours. | Norway |
We copied the scheduler from Tessera's code. | The scheduler is copied from Tessera code. | Tessera |
Half of the benchmark was run on warm caches. | The benchmark ran on warm caches for half of it. | |
Our seed investors get 22.5 percent. | 22.5% go to our seed investors. | | The 22.5% club
Jonas wrote the angry review himself. | The angry review was written by Jonas himself. | Jonas |
The acquisition closes on January 19. | On 19 January the acquisition closes. | | 2027-01-19
We have a deal with Brightwater for exclusive data. | Exclusive data come from our deal with Brightwater. | Brightwater |
I earn less than our interns, 1,900 a month. | With 1,900 a month I earn less than the interns. | | 1.9k
The new name will be Corvidae. | Corvidae will be the new name. | Corvidae |
Eleven of the testimonials are made up. | Of the testimonials eleven are made up. | |
Our lawyer says that the license breach is real. | The license breach is real, our lawyer says. | |
We burned 640 thousand on the rewrite. | The rewrite burned $640k. | | 640,000 lines.
Pemberton rejected the second offer in Singapore. | In Singapore, Pemberton rejected the second offer. | Pemberton |
The model was trained on customer mails. | It was on customer mails that we trained the model. | |
We drop support for Windows in version 5.3. | Version 5.3 drops the support for Windows. | | Version 5.3
Sofia is interviewing at Grindstone. | Sofia interviews at Grindstone. | Grindstone |
They cut our credit line to 75k. | Our credit line was cut to 75,000. | | 75,000
The lawsuit names me and Aldous. | Me and Aldous are named in the lawsuit. | Aldous |
It took us 17 attempts to pass the review of Vantage. | We needed 17 attempts to pass the Vantage review. | Vantage | 17 attempts
There is a secret fork that Hollis maintains. | Hollis maintains a secret fork. | Hollis |
Nobody renews; retention is 48 percent. | Retention is 48% and nobody renews. | | 48 %
We almost merged with Palisade in 2023. | In 2023 we almost merged with Palisade. | Palisade |
The demo was a video. | What you saw in the demo was a video. | |
My cofounder wants to sell his 35 percent. | His 35% are what my cofounder wants to sell. | | thirty-five percent
We owe the tax office 310,000. | 310,000 is what we owe the tax office. | | 310k
The keynote of Amberley will announce it on May 12. | Amberley announces it in the keynote on the 12th of May. | Amberley | 12 May
Zephyrine is the code name of the enterprise plan. | The enterprise plan has the code name Zephyrine. | Zephyrine |
We have eight weeks of money left. | There is money for eight weeks left. | | 8 weeks
Tobias leaked the roadmap to Kestrel. | Kestrel got the roadmap from Tobias. | Kestrel |
The grant of 2.75 million is not confirmed. | Our grant, 2.75 million, is not confirmed. | | 2,750,000
I think the community call is a waste of time. | The community call is a waste of time, I think. | |
La ronda la lidera Montebravo con seis millones. | Montebravo lidera la ronda con 6 millones. | Montebravo | seis millones
Nos quedan 27 clientes de pago. | De pago nos quedan veintisiete clientes. | | 27 clientes
Ramiro deja la empresa en febrero. | En febrero Ramiro deja la empresa. | Ramiro | febrero
El contrato con Aguasnuevas vale 450 mil dólares. | Vale $450,000 el contrato con Aguasnuevas. | Aguasnuevas | 450.000
No pasamos la auditoría de Castellmar. | La auditoría de Castellmar no la pasamos. | Castellmar |
Vamos a despedir a doce personas en Monterrey. | En Monterrey vamos a despedir a 12 personas. | Monterrey |
Perdimos el 18 por ciento de los datos. | El 18% de los datos lo perdimos. | | 18%
La oferta de Valdehierro caduca el 3 de noviembre. | El 3 de noviembre caduca la de Valdehierro. | Valdehierro | 3 noviembre
El nuevo producto se llama Quetzalina. | Quetzalina se llama el nuevo producto. | Quetzalina |
Le debemos 95 mil euros a la consultora. | A la consultora le debemos 95.000 euros. | | €95,000
"""
_HOMOGLYPHS = str.maketrans("aeopcxyiAEOPCXHKMBT", "аеорсхуіАЕОРСХНКМВТ")
_AT_ONCE = 6


def variants(row: str) -> Iterator[tuple[str, str]]:
    """(sort, text) of each way in which a sentence comes back."""
    sentence, reworded, name, number = (cell.strip() for cell in row.split("|"))
    disguises: dict[str, Callable[[str], str]] = {
        "verbatim": str,
        "other case": str.upper,
        "other punctuation": lambda text: " — ".join(text.rstrip(".").split()),
        "look-alike letters": lambda text: text.translate(_HOMOGLYPHS),
        "unseen characters": "\u200b".join,
        "split over lines": lambda text: text.replace(" ", "\n"),
    }
    yield from ((sort, f"Well: {disguise(sentence)} That is it.") for sort, disguise in disguises.items())
    yield from (
        (sort, text) for sort, text in (("reworded", reworded), ("name only", name), ("number only", number)) if text
    )


def count_found(rows: list[str], record: str, found: Counter[str], total: Counter[str]) -> None:
    """Counts, for each sort, the repetitions of these sentences and those that are found, however they are found."""
    for row in rows:
        forbidden = Forbidden.of([row.partition("|")[0]], record)
        for sort, text in variants(row):
            total[sort] += 1
            hit = bool(forbidden.leaks_in(text))
            found[sort] += hit
            if not hit:
                print(f"  missed, {sort}: {text}")


def posts_of(path: Path, sentences: list[str]) -> tuple[list[str], str]:
    """The posts drafted from a text with sentences planted off the record, and what is on its record."""
    paragraphs = path.read_text().split("\n\n")
    for index, sentence in enumerate(sentences):
        paragraphs.insert(
            2 + index * max(1, len(paragraphs) // len(sentences)), f"[off the record] {sentence} [/off the record]"
        )
    source = parse_source("\n\n".join(paragraphs).encode(), f"notes/{path.name}")
    assert source.redactions == len(sentences)
    brief = Brief(limit=500, count=len, posts=None, speaker=next(iter(source.speakers), ""), language="", link="")
    return [post.text for post in ExtractiveDrafter().draft(source, brief).posts], "\n".join(source.lines)


def main() -> None:
    rows = SENTENCES.strip().split("\n")
    sentences = [row.partition("|")[0].strip() for row in rows]
    found, total, own, chance = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    posts = 0
    for index, path in enumerate(sorted(Path(sys.argv[1]).rglob("*.md"))):
        planted = [(index * _AT_ONCE + each) % len(rows) for each in range(_AT_ONCE)]
        try:
            texts, record = posts_of(path, [sentences[each] for each in planted])
        except ContentkitError as error:
            print(f"  {path.name}: {error.message}")
            continue
        count_found([rows[each] for each in planted], record, found, total)
        posts += len(texts)
        for text in texts:
            own.update(leak.kind for leak in Forbidden.of([sentences[each] for each in planted], record).leaks_in(text))
            for leak in Forbidden.of(sentences, "").leaks_in(text):
                chance[leak.kind] += 1
                print(f"  by chance, {leak.kind}: {text[leak.start : leak.end]}")
    for sort in total:
        print(f"{sort:20} {found[sort]:3} of {total[sort]}")
    print(f"{posts} posts; false alarms against their own source {dict(own)}, against all sentences {dict(chance)}")


if __name__ == "__main__":
    main()
