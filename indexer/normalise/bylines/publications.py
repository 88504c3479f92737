"""Newspapers, magazines, agencies and sites that are quoted so often that their name alone tells a byline.

A name that is not here is no less a publication: it then takes a surer wording to be read as one. Names
that are words or places besides (Nature, Time, The Hill, New York) are left out for that reason.
"""

from __future__ import annotations

_NAMES = """
24/7 Wall Street; 404 Media; ABC News; Ad Age; AdAge; Adweek; Aeon; AFP; Al Jazeera; All Things D
AllThingsD; AlterNet; American Prospect; American Scientist; Anandtech; AP; Ars Technica; arXiv; Asia Times
Associated Press; Atlantic; Atlantic Cities; Aviation Week; Axios; Backchannel; Barron's; BBC; BBC News
BetaNews; Bloomberg; Bloomberg Businessweek; Bloomberg News; Bloomberg Opinion; Bloomberg View; Boing Boing
Boston Globe; Boston Review; Breaking Defense; Business Day; Business Insider; Business Week; BusinessWeek
BuzzFeed; BuzzFeed News; Capital & Main; CBC; CBS News; Chicago Tribune; Christian Science Monitor
Chronicle of Higher Education; CIO; CityLab; CNBC; CNET; CNN; CNN Business; CNN Money
Columbia Journalism Review; Computerworld; Consumer Reports; Current Affairs; Daily Beast; Daily Dot
Daily Mail; Daily Telegraph; Defense News; Defense One; Deutsche Welle; Digital Trends; Economist
Education Week; El Pais; Electrek; Engadget; ESPN; Esquire; Euronews; Euromaidan Press; Fast Company
FastCompany; Financial Times; FiveThirtyEight; Forbes; Foreign Affairs; Foreign Policy; Fortune; France 24
FT; FT Alphaville; Futurism; GigaOm; Gizmodo; Globe and Mail; Guardian; Haaretz; Hacker News; Harper's
Harper's Magazine; Harvard Business Review; Harvard Gazette; HBR; Hollywood Reporter; HuffPost
Huffington Post; IEEE Spectrum; Inc.; Inc. Magazine; InfoWorld; Inside Higher Ed
International Herald Tribune; Irish Times; Jacobin; Jerusalem Post; Knowledge@Wharton; Kyiv Independent
Kyiv Post; Lawfare; Le Monde Diplomatique; Lifehacker; Live Science; London Review of Books
Los Angeles Times; MarketWatch; Mashable; McKinsey Quarterly; Miami Herald; MIT News
MIT Sloan Management Review; MIT Technology Review; Mother Jones; MSNBC; National Geographic
National Interest; National Review; Nautilus; NBC News; New Republic; New Scientist; New Statesman
New York Magazine; New York Post; New York Review of Books; New York Times; New York Times Magazine
New Yorker; Newsweek; Next Web; Nieman Lab; Nikkei Asia; Nikkei; NPR; NY Times; NYT; One Zero; OneZero
PandoDaily; PBS; PC Magazine; PC World; PCMag; PCWorld; Phys.org; Platformer; Politico; Politico Magazine
Popular Mechanics; Popular Science; Poynter; Project Syndicate; ProPublica; Psychology Today; Quanta
Quanta Magazine; Quartz; Re/code; Readwrite; ReadWriteWeb; Recode; Rest of World; Reuters; Rolling Stone
Salon; San Francisco Chronicle; San Jose Mercury News; Science Alert; ScienceAlert; ScienceDaily
Scientific American; Seattle Times; Sky News; Slate; Smithsonian; Smithsonian Magazine
South China Morning Post; STAT News; Stratechery; Strategy+Business; Sydney Morning Herald
Talking Points Memo; Tech Crunch; TechCrunch; Techdirt; Techmeme; TechRadar; Technology Review; TheStreet
Time Magazine; Times of India; Times of London; Toronto Star; USA Today; US News & World Report
U.S. News & World Report; Vanity Fair; Venture Beat; VentureBeat; Verge; Vogue; Vox; Wall Street Journal
War on the Rocks; War Zone; Washington Monthly; Washington Post; Wired; Wired UK; World Politics Review; WSJ
Yahoo Finance; Yahoo News; ZDNet; Berliner Zeitung; Die Presse; FAZ; Frankfurter Allgemeine
Frankfurter Allgemeine Zeitung; Frankfurter Rundschau; Handelsblatt; Krautreporter; Netzpolitik; NZZ
Neue Zürcher Zeitung; Spiegel; Spiegel Online; Süddeutsche Zeitung; Süddeutschen Zeitung; Tagesspiegel
Tages-Anzeiger; Tagesschau; taz; Wirtschaftswoche; Zeit Online; Courrier international; Figaro; Humanité
La Croix; La Presse; Le Devoir; Le Figaro; Le Monde; Le Parisien; Le Point; Le Soir; Le Temps; Les Échos
Libération; L'Express; L'Obs; Mediapart; Clarín; El Confidencial; El Mundo; El País; El Periódico
El Universal; La Jornada; La Nación; La Vanguardia; Página/12; Corriere della Sera; Il Fatto Quotidiano
Il Foglio; Il Post; Il Sole 24 Ore; La Repubblica; La Stampa; Correio da Manhã; Diário de Notícias; Estadão
Folha de S.Paulo; Folha de São Paulo; O Globo; Público; Valor Econômico; Algemeen Dagblad; De Correspondent
De Morgen; De Standaard; De Volkskrant; NRC; NRC Handelsblad; Volkskrant; Aftenposten; Aftonbladet
Berlingske; Dagbladet; Dagens Nyheter; Expressen; Helsingin Sanomat; Morgenbladet; Politiken
Svenska Dagbladet; Weekendavisen; Gazeta Wyborcza; Polityka; Rzeczpospolita; Tygodnik Powszechny; Ведомости
Известия; Коммерсант; Коммерсантъ; Медуза; Новая газета
"""


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").replace("\u2019", "'")


_KNOWN = frozenset(_plain(name.strip()) for name in _NAMES.replace("\n", ";").split(";") if name.strip())
_LAST_WORDS = frozenset(name.split()[-1] for name in _KNOWN)
_MOST_WORDS = max(len(name.split()) for name in _KNOWN)


def is_known(name: str) -> bool:
    """Whether this is the name of a publication that posts often quote, with or without its article."""
    return _plain(name) in _KNOWN


def ends_with_known(line: str) -> bool:
    """Whether the last words of a line are such a name."""
    words = line.rsplit(maxsplit=_MOST_WORDS)[-_MOST_WORDS:]
    if not words or _plain(words[-1]) not in _LAST_WORDS:
        return False  # nearly every line there is
    return any(is_known(" ".join(words[start:])) for start in range(len(words)))
