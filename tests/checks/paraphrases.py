"""Invented sentences with a faithful and a corrupted paraphrase each, to measure what the checks catch.

``TUNED`` was looked at while the rules were written. ``HELD_OUT`` was written before it was first run and no rule
was changed for it: only its results tell how the checks do on text they have not seen.
"""

from __future__ import annotations

from typing import NamedTuple


class Pair(NamedTuple):
    """What the source says, two ways to say it in a post, and the check that must notice the second."""

    language: str
    source: str
    faithful: str
    corrupted: str
    check: str


TUNED = (
    Pair("en", "Build times went from 40 minutes to 9.", "Builds now take 9 minutes, down from 40.",
         "Builds now take 9 seconds, down from 40.", "CK201"),
    Pair("en", "We have about 1,200 users on the free plan.", "Some 1.2k users are on our free plan.",
         "Some 12k users are on our free plan.", "CK201"),
    Pair("en", "The new index makes search twice as fast.", "Search is 2x faster with the new index.",
         "Search is 3x faster with the new index.", "CK201"),
    Pair("en", "It costs us $10 a month per customer.", "Each customer costs us 10 dollars a month.",
         "Each customer costs us 100 dollars a month.", "CK201"),
    Pair("en", "Churn fell by 4 percentage points.", "We cut churn by 4 points.", "We cut churn by 4%.", "CK201"),
    Pair("en", "We raised 3.5 million dollars in the seed round.", "Our seed round was $3.5M.",
         "Our seed round was $5.3M.", "CK201"),
    Pair("en", "Two thirds of the issues come from three files.", "Three files cause two thirds of our issues.",
         "Three files cause three quarters of our issues.", "CK201"),
    Pair("en", "It took a year and a half to write the parser.", "The parser took 18 months.",
         "The parser took 8 months.", "CK201"),
    Pair("en", "P99 went from 900ms to 120ms after the rewrite.", "The rewrite took P99 from 900 to 120 ms.",
         "The rewrite took P99 from 900 to 12 ms.", "CK201"),
    Pair("en", "The outage lasted half an hour.", "We were down for 30 minutes.", "We were down for 30 hours.", "CK201"),
    Pair("en", "Twenty-five people came to the first meetup.", "25 people came to our first meetup.",
         "52 people came to our first meetup.", "CK201"),
    Pair("en", "We shipped the beta on March 3 and nobody noticed.", "The beta went out on 3 March. Nobody noticed.",
         "The beta went out on 3 May. Nobody noticed.", "CK203"),
    Pair("en", "The repository has been public since 2019.", "Since 2019 our repository has been public.",
         "Since 2016 our repository has been public.", "CK203"),
    Pair("en", "We deploy on Tuesday mornings.", "Our deploys happen on Tuesdays.", "Our deploys happen on Thursdays.", "CK203"),
    Pair("en", "Last year we nearly ran out of money.", "We nearly ran out of money last year.",
         "We nearly ran out of money last month.", "CK203"),
    Pair("en", "I told the team that we had been solving the wrong problem.",
         "My words to the team: “we had been solving the wrong problem”.",
         "My words to the team: “we have been solving every wrong problem”.", "CK204"),
    Pair("en", "Um, we never, never wanted to be a, um, a database company.",
         "“We never wanted to be a database company.”", "“We never wanted to be a storage company.”", "CK204"),
    Pair("en", "The design is at https://example.org/design/queue for everybody.",
         "Read the design: https://www.example.org/design/queue/?utm_source=post",
         "Read the design: https://example.com/design/queue", "CK205"),
    Pair("en", "Thanks to @mira@social.example for the patch.", "The patch is by @mira@social.example.",
         "The patch is by @mira@other.example.", "CK206"),
    Pair("en", "Mira Okafor wrote the scheduler in Rust.", "Our scheduler is Mira Okafor's work, in Rust.",
         "Our scheduler is Mira Okoro's work, in Rust.", "CK207"),
    Pair("en", "We moved from Postgres to SQLite and never looked back.", "SQLite replaced Postgres here.",
         "SQLite replaced MySQL here.", "CK207"),
    Pair("en", "TideQueue-2 understands calendars.", "Calendars are understood by TideQueue-2.",
         "Calendars are understood by TideQueue-3.", "CK207"),
    Pair("es", "Tenemos 1.500 usuarios activos en México.", "En México nos usan mil quinientos usuarios activos.",
         "En México nos usan quince mil usuarios activos.", "CK201"),
    Pair("es", "El tiempo de carga bajó a la mitad.", "La carga tarda ahora el 50% de antes.",
         "La carga tarda ahora el 25% de antes.", "CK201"),
    Pair("es", "Tardamos dos semanas en migrar los datos.", "Migrar los datos nos llevó 14 días.",
         "Migrar los datos nos llevó 24 días.", "CK201"),
    Pair("es", "Lanzamos la beta el 3 de febrero.", "La beta salió en febrero.", "La beta salió en enero.", "CK203"),
    Pair("es", "Lucía Barrena escribió la primera versión.", "La primera versión es de Lucía Barrena.",
         "La primera versión es de Lucía Herrera.", "CK207"),
    Pair("es", "Yo decía siempre que el código no era el producto.", "Mi frase: «el código no era el producto».",
         "Mi frase: «el código era todo el producto».", "CK204"),
    Pair("en", "We may open the core next year.", "We may open the core next year.", "We open the core next year.", "CK221"),
    Pair("en", "The cache was not the bottleneck in production.", "In production the bottleneck was not the cache.",
         "In production the bottleneck was the cache.", "CK222"),
    Pair("en", "The editor is fast on old laptops.", "On old laptops the editor is fast.",
         "On old laptops the editor is the best.", "CK220"),
)  # fmt: skip

HELD_OUT = (
    Pair("en", "Our nightly job handles 14 million rows in 20 minutes.", "Every night we process 14M rows in twenty minutes.",
         "Every night we process 40M rows in twenty minutes.", "CK201"),
    Pair("en", "Support tickets dropped by a third once we wrote the guide.",
         "One guide cut our support tickets by a third.", "One guide cut our support tickets by half.", "CK201"),
    Pair("en", "A restore takes 3 hours because the archive is on tape.", "Tape archives mean a restore takes three hours.",
         "Tape archives mean a restore takes three days.", "CK201"),
    Pair("en", "Seven of the nine maintainers live outside of Europe.", "7 of our 9 maintainers live outside of Europe.",
         "7 of our 12 maintainers live outside of Europe.", "CK201"),
    Pair("en", "The grant from the Halden Fund ends in June 2027.", "In June 2027 our grant from the Halden Fund ends.",
         "In July 2027 our grant from the Halden Fund ends.", "CK203"),
    Pair("en", "Priya Nair found the race while reviewing the Kestrel driver.",
         "Reviewing the Kestrel driver, Priya Nair found a race.",
         "Reviewing the Falcon driver, Priya Nair found a race.", "CK207"),
    Pair("en", "Honestly, I thought that nobody would ever read the changelog.",
         "“I thought that nobody would ever read the changelog”, she says.",
         "“I knew that nobody would ever read the changelog”, she says.", "CK204"),
    Pair("en", "We do not store passwords on our own servers.", "Passwords are not stored on our own servers.",
         "Passwords are stored on our own servers.", "CK222"),
    Pair("es", "Cerramos 320 incidencias en el último trimestre.", "El último trimestre cerramos 320 incidencias.",
         "El último trimestre cerramos 230 incidencias.", "CK201"),
    Pair("es", "Empezamos en 2021 con tres becarios en Sevilla.", "Tres becarios y Sevilla: así empezamos en 2021.",
         "Tres becarios y Málaga: así empezamos en 2021.", "CK207"),
    Pair("es", "Nos reunimos los jueves por la tarde.", "Las reuniones son los jueves por la tarde.",
         "Las reuniones son los martes por la tarde.", "CK203"),
    Pair("es", "El plan gratuito incluye 5 GB de espacio.", "Con el plan gratuito hay 5 GB de espacio.",
         "Con el plan gratuito hay 5 TB de espacio.", "CK201"),
)  # fmt: skip
