"""Whether an article is English is told by its words, and by what it says of itself where these are few."""

from __future__ import annotations

import pytest

from corpus.clean import clean_article
from corpus.fields import RawArticle
from corpus.language import count_others

ENGLISH = """The dam at Orla is safe, said Mayor Ana Ruiz on Monday. "We checked every gate, and we will do it again,"
she told reporters who had waited in front of the town hall since the early morning. No one was hurt, the police told
them."""
OTHERS = {
    "de": """Der Damm in Orla ist sicher, sagte Bürgermeisterin Ana Ruiz am Montag. „Wir haben jede Schleuse geprüft,
        und wir werden es wieder tun“, erklärte sie vor dem Rathaus. Nach Angaben der Polizei wurde in der Nacht niemand
        verletzt, doch mehr als zweihundert Menschen hatten ihre Häuser verlassen.""",
    "fr": """Le barrage d'Orla est sûr, a déclaré lundi la maire Ana Ruiz. « Nous avons contrôlé chaque vanne, et nous
        le ferons encore », a-t-elle dit devant la mairie. Selon la police, personne n'a été blessé pendant la nuit,
        mais plus de deux cents personnes avaient quitté leur maison.""",
    "nl": """De dam bij Orla is veilig, zei burgemeester Ana Ruiz maandag. "We hebben elke sluis bekeken, en we doen het
        weer," zei ze voor het stadhuis. Volgens de politie raakte die nacht niemand gewond, maar meer dan tweehonderd
        mensen hadden hun huis verlaten.""",
    "da": """Dæmningen ved Orla er sikker, sagde borgmester Ana Ruiz mandag. "Vi har set på hver eneste sluse, og vi gør
        det igen," sagde hun foran rådhuset. Ifølge politiet kom ingen til skade, men mere end to hundrede mennesker
        havde forladt deres hjem i løbet af natten.""",
    "ru": """Плотина в Орле безопасна, сказала в понедельник мэр Ана Руис. «Мы проверили каждый затвор и сделаем это
        снова», — добавила она перед зданием мэрии. По данным полиции, ночью никто не пострадал, но более двухсот
        человек покинули свои дома.""",
    "zh": "周一，市长表示大坝是安全的。" * 20,
}


def language(text: str, *, said: str | None = None) -> str | None:
    return clean_article(RawArticle(text=text, language=said)).language


def test_english_is_known_by_its_words() -> None:
    assert language(ENGLISH) == "en"


@pytest.mark.parametrize("tag", OTHERS)
def test_what_is_not_english_is_known_too_though_not_as_what(tag: str) -> None:
    assert language(OTHERS[tag]) == "und"
    assert language(OTHERS[tag], said=tag) == tag


def test_the_words_are_believed_before_the_template() -> None:
    assert language(OTHERS["de"], said="en-GB") == "und"
    assert language(ENGLISH, said="de") == "en"
    assert language(ENGLISH, said="en-GB") == "en-GB"


@pytest.mark.parametrize("said", ["de", "en", None])
def test_of_few_words_what_is_said_is_believed(said: str | None) -> None:
    assert language("Damm hält", said=said) == said


def test_a_foreign_quotation_leaves_an_article_english() -> None:
    assert language(f'{ENGLISH} In German she said: "{OTHERS["de"][:160]}"') == "en"


def test_other_languages_are_counted_without_their_regions() -> None:
    assert count_others(["de-AT", "de", "en-US", None, "und"]) == {"de": 2, "und": 1}
