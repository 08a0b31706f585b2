"""Countries, their people and their capitals, so that "Russian officials" and "Moscow" can be put on a side."""

from __future__ import annotations

# country | adjectives and names of its people | capital or seat that stands for its government
_TABLE = """
Afghanistan|Afghan Afghans|Kabul
Albania|Albanian|Tirana
Algeria|Algerian|Algiers
Angola|Angolan|Luanda
Argentina|Argentine Argentinian|Buenos Aires
Armenia|Armenian|Yerevan
Australia|Australian|Canberra
Austria|Austrian|Vienna
Azerbaijan|Azerbaijani Azeri|Baku
Bahrain|Bahraini|Manama
Bangladesh|Bangladeshi|Dhaka
Belarus|Belarusian|Minsk
Belgium|Belgian|
Bolivia|Bolivian|La Paz
Bosnia and Herzegovina|Bosnian|
Botswana|Botswanan|
Brazil|Brazilian|
Bulgaria|Bulgarian|Sofia
Burkina Faso|Burkinabe|Ouagadougou
Burundi|Burundian|
Cambodia|Cambodian|Phnom Penh
Cameroon|Cameroonian|
Canada|Canadian|Ottawa
Central African Republic||Bangui
Chad|Chadian|
Chile|Chilean|
China|Chinese|Beijing
Colombia|Colombian|Bogotá
Congo|Congolese|Kinshasa
Costa Rica|Costa_Rican|
Croatia|Croatian Croat|Zagreb
Cuba|Cuban|Havana
Cyprus|Cypriot|Nicosia
Czech Republic|Czech|Prague
Denmark|Danish Danes|Copenhagen
Djibouti|Djiboutian|
Dominican Republic|Dominican|
Ecuador|Ecuadorian|Quito
Egypt|Egyptian|Cairo
El Salvador|Salvadoran|
Eritrea|Eritrean|Asmara
Estonia|Estonian|Tallinn
Ethiopia|Ethiopian|Addis Ababa
Fiji|Fijian|
Finland|Finnish Finns|Helsinki
France|French|Paris
Gabon|Gabonese|
Gambia|Gambian|
Georgia|Georgian|Tbilisi
Germany|German|Berlin
Ghana|Ghanaian|Accra
Greece|Greek|Athens
Guatemala|Guatemalan|
Guinea|Guinean|
Haiti|Haitian|
Honduras|Honduran|
Hungary|Hungarian|Budapest
Iceland|Icelandic|Reykjavik
India|Indian|New Delhi
Indonesia|Indonesian|Jakarta
Iran|Iranian|Tehran
Iraq|Iraqi|Baghdad
Ireland|Irish|Dublin
Israel|Israeli|
Italy|Italian|Rome
Ivory Coast|Ivorian|
Jamaica|Jamaican|
Japan|Japanese|Tokyo
Jordan|Jordanian|Amman
Kazakhstan|Kazakh|Astana
Kenya|Kenyan|Nairobi
Kosovo|Kosovan Kosovar|Pristina
Kuwait|Kuwaiti|
Kyrgyzstan|Kyrgyz|Bishkek
Laos|Laotian|Vientiane
Latvia|Latvian|Riga
Lebanon|Lebanese|Beirut
Liberia|Liberian|
Libya|Libyan|Tripoli
Lithuania|Lithuanian|Vilnius
Luxembourg|Luxembourgish|
Madagascar|Malagasy|
Malawi|Malawian|
Malaysia|Malaysian|Kuala Lumpur
Maldives|Maldivian|
Mali|Malian|Bamako
Malta|Maltese|Valletta
Mauritania|Mauritanian|
Mexico|Mexican|Mexico City
Moldova|Moldovan|Chisinau
Mongolia|Mongolian|
Montenegro|Montenegrin|Podgorica
Morocco|Moroccan|Rabat
Mozambique|Mozambican|Maputo
Myanmar|Burmese|Naypyidaw
Namibia|Namibian|
Nepal|Nepali Nepalese|Kathmandu
Netherlands|Dutch|The Hague
New Zealand|New_Zealand|
Nicaragua|Nicaraguan|Managua
Niger|Nigerien|Niamey
Nigeria|Nigerian|Abuja
North Korea|North_Korean|Pyongyang
North Macedonia|Macedonian|Skopje
Norway|Norwegian|Oslo
Oman|Omani|Muscat
Pakistan|Pakistani|Islamabad
Palestine|Palestinian|Ramallah
Panama|Panamanian|
Paraguay|Paraguayan|
Peru|Peruvian|
Philippines|Philippine Filipino|Manila
Poland|Polish Poles|Warsaw
Portugal|Portuguese|Lisbon
Qatar|Qatari|Doha
Romania|Romanian|Bucharest
Russia|Russian|Moscow
Rwanda|Rwandan|Kigali
Saudi Arabia|Saudi|Riyadh
Senegal|Senegalese|Dakar
Serbia|Serbian Serb|Belgrade
Sierra Leone|Sierra_Leonean|
Singapore|Singaporean|
Slovakia|Slovak|Bratislava
Slovenia|Slovenian|Ljubljana
Somalia|Somali|Mogadishu
South Africa|South_African|Pretoria
South Korea|South_Korean|Seoul
South Sudan|South_Sudanese|Juba
Spain|Spanish Spaniards|Madrid
Sri Lanka|Sri_Lankan|Colombo
Sudan|Sudanese|Khartoum
Sweden|Swedish Swedes|Stockholm
Switzerland|Swiss|Bern
Syria|Syrian|Damascus
Taiwan|Taiwanese|Taipei
Tajikistan|Tajik|Dushanbe
Tanzania|Tanzanian|
Thailand|Thai|Bangkok
Togo|Togolese|
Tunisia|Tunisian|Tunis
Turkey|Turkish Turks|Ankara
Turkmenistan|Turkmen|Ashgabat
Uganda|Ugandan|Kampala
Ukraine|Ukrainian|Kyiv
United Arab Emirates|Emirati UAE|Abu Dhabi
United Kingdom|British UK U.K. Britain Britons|London
United States|American US U.S. USA U.S.A. America|Washington
Uruguay|Uruguayan|
Uzbekistan|Uzbek|Tashkent
Venezuela|Venezuelan|Caracas
Vietnam|Vietnamese|Hanoi
Yemen|Yemeni|Sanaa
Zambia|Zambian|
Zimbabwe|Zimbabwean|Harare
"""
_ALSO_CAPITALS = {"Kremlin": "Russia", "Downing Street": "United Kingdom", "Kiev": "Ukraine", "Bogota": "Colombia"}
_ALSO_PEOPLES = {"United States'": "United States", "England": "United Kingdom", "Türkiye": "Turkey"}


def _read() -> tuple[dict[str, str], dict[str, str]]:
    adjectives: dict[str, str] = dict(_ALSO_PEOPLES)
    capitals: dict[str, str] = dict(_ALSO_CAPITALS)
    for row in _TABLE.strip().splitlines():
        country, people, capital = row.split("|")
        adjectives[country] = country
        for word in people.split():
            for form in (word, word + "s"):
                adjectives[form.replace("_", " ")] = country
        if capital:
            capitals[capital] = country
    return adjectives, capitals


COUNTRY_OF, GOVERNMENT_SEATS = _read()
_WHOLE = frozenset(COUNTRY_OF.values()) | frozenset("US U.S. UK U.K. USA Britain America UAE Türkiye England".split())


def country_named(words: str) -> str | None:
    """The country whose name, adjective or people a phrase begins with: "Russian officials" -> "Russia"."""
    parts = words.split()
    for length in (3, 2, 1):
        if len(parts) >= length:
            head = " ".join(parts[:length])
            for form in (head, head.removesuffix("’s").removesuffix("'s")):
                if form in COUNTRY_OF:
                    return COUNTRY_OF[form]
    return None


def government_named(words: str) -> str | None:
    """The country that a phrase stands for as a whole, by its name or its seat: "Moscow" -> "Russia"."""
    return GOVERNMENT_SEATS.get(words) or (COUNTRY_OF.get(words) if words in _WHOLE else None)
