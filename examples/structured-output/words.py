"""The house rules of the example, and the words that briefs are made of. make.py puts them together.

Of each way to say a thing, the last two of a list stand in no training set: evaluation cases tagged
`reworded` use them, and the general texts that the base model learns from (train.py).
"""

# What a guideline says of colours: background, text and accent. make.py refuses a palette whose text is
# below a contrast of 7 : 1, or whose accent is below 4.5 : 1 (WCAG 2.2, 1.4.6 and 1.4.3).
PALETTES = {
    "green": ("#F4F8F2", "#1C2B1E", "#2F6B3A"), "blue": ("#F2F6FB", "#172433", "#1F5FA8"),
    "red": ("#FCF4F3", "#331A18", "#B02A22"), "yellow": ("#FFFBEB", "#332B0E", "#806000"),
    "violet": ("#F7F3FB", "#261A33", "#6B3FA0"), "orange": ("#FFF6EE", "#33200F", "#A84A00"),
    "teal": ("#EFF8F7", "#12302D", "#0B6E66"), "gray": ("#F5F5F5", "#1F1F1F", "#595959"),
}

# The face of headings, and the face of the text that goes with it.
FACES = {"serif": "sans", "sans": "sans", "slab": "serif", "mono": "sans"}

# Who reads it, and the size of its text in pixels.
SIZES = {"children": 18, "elders": 20, "experts": 15, "everyone": 17}

# How a product feels, and the corners that go with the first of its two moods.
CORNERS = {
    "warm": "round", "playful": "round", "friendly": "round", "calm": "soft", "gentle": "soft",
    "elegant": "soft", "serious": "sharp", "bold": "sharp", "precise": "sharp", "modern": "sharp",
}

SPACINGS = ("airy", "even", "tight")

# What it is, what its first page is made of, and what is told of it.
KINDS = {
    "bakery": (("hero", "menu", "opening-hours"), (
        "The ovens are lit at three in the morning.", "Rye loaves are what most people come for.",
        "On Saturdays the queue reaches the corner.", "Two sisters took it over from their uncle.")),
    "bookshop": (("hero", "shelf", "events"), (
        "Half of the stock is second hand.", "A reading takes place every other Thursday.",
        "The crime shelf alone has nine metres.", "Orders are packed on the same day.")),
    "museum": (("hero", "exhibitions", "tickets"), (
        "It shows clocks from six centuries.", "School classes come on Tuesdays.",
        "A new wing opens in the autumn.", "The collection was a gift of two families.")),
    "clinic": (("notice", "services", "appointments"), (
        "Four doctors share three rooms.", "Most patients call before eight.",
        "The waiting list for knees is long.", "A nurse answers at night, too.")),
    "library": (("search", "catalog", "opening-hours"), (
        "It lends records and tools as well.", "The reading room has eighty lamps.",
        "Books come back through a slot in the wall.", "A bus brings it to the villages.")),
    "theater": (("hero", "program", "tickets"), (
        "There are ninety seats and no curtain.", "The company rehearses in a former laundry.",
        "Premieres sell out within an hour.", "In June it plays in the courtyard.")),
    "hostel": (("hero", "rooms", "booking"), (
        "Walkers stay for one night and leave early.", "Every bed has a lamp and a shelf.",
        "The kitchen is open around the clock.", "It used to be a customs house.")),
    "bank": (("login", "accounts", "transfers"), (
        "It belongs to its twelve thousand members.", "Loans are decided in the branch.",
        "Transfers abroad take a day.", "The old site was never made for phones.")),
    "podcast": (("player", "episodes", "sign-up"), (
        "Each episode follows one object.", "It comes out on the first of the month.",
        "The hosts record in a wardrobe.", "Listeners send in most of the stories.")),
    "ferry": (("timetable", "prices", "booking"), (
        "Three boats serve five islands.", "In fog the crossing is cancelled.",
        "Cars have to be booked ahead.", "The last boat leaves at ten.")),
    "archive": (("search", "timeline", "sources"), (
        "It keeps the letters of a mining town.", "Forty boxes are still unread.",
        "Families ask for names and dates.", "Everything older than a century is scanned.")),
    "nursery": (("catalog", "calendar", "cart"), (
        "It grows old kinds of apples.", "Bare roots are sent from November on.",
        "Each tree has a label with its story.", "Grafting is taught in February.")),
}

# How a brief says what it is.
SAYS_KIND = {
    "bakery": ("a bakery", "a small bakery", "a neighbourhood bakery", "a house that bakes bread",
               "people who bake bread and rolls"),
    "bookshop": ("a bookshop", "an independent bookshop", "a bookshop by the station",
                 "a shop that sells novels", "people who sell books"),
    "museum": ("a museum", "a town museum", "a museum of crafts", "a house that shows a collection",
               "people who look after exhibits"),
    "clinic": ("a clinic", "a joint clinic", "a clinic for joints", "a practice of doctors",
               "doctors who share a practice"),
    "library": ("a library", "a public library", "the library of a district",
                "a house that lends books", "people who lend books"),
    "theater": ("a theater", "a small theater", "an amateur theater", "a stage for plays",
                "actors with a stage of their own"),
    "hostel": ("a hostel", "a hostel on a pass", "a hostel for walkers", "a house with beds for walkers",
               "people who rent out beds"),
    "bank": ("a bank", "a cooperative bank", "a bank in the country", "a house that lends money",
             "people who keep savings"),
    "podcast": ("a podcast", "a history podcast", "a podcast of two friends",
                "a show that one listens to", "people who record episodes"),
    "ferry": ("a ferry line", "a ferry line in the north", "a family's ferry line",
              "boats between islands", "people who sail to the islands"),
    "archive": ("an archive", "a town's archive", "an archive of letters",
                "a collection of old papers", "people who keep old papers"),
    "nursery": ("a tree nursery", "a nursery for fruit trees", "an old tree nursery",
                "a garden that sells trees", "people who grow trees for sale"),
}

OPENINGS = (
    "We need a design guideline for {kind} called {name}.", "{name} is {kind} and gets a new site.",
    "This is about {name}, {kind}.", "Please draw up a guideline for {name}, which is {kind}.",
    "The client is {kind} by the name of {name}.", "{name}, {kind}, has never had a style of its own.",
)

# What is said of moods: the first one leads.
SAYS_MOODS = (
    "It should feel {a} and {b}.", "The mood is {a}, and {b} as well.",
    "Visitors shall find it {a} first, then {b}.", "Two words for it: {a}, {b}.",
    "They describe themselves as {a} and {b}.", "{A} and {b} is how it comes across.",
    "Whoever opens it should think: {a}, {b}.",
)

SAYS_COLOR = {
    "green": ("Its color is green.", "They want green.", "Green runs through all they print.",
              "The door of the house is green.", "Think of moss.", "Take the color of ivy."),
    "blue": ("Its color is blue.", "They want blue.", "Blue runs through all they print.",
             "The door of the house is blue.", "Think of a clear sky.", "Take the color of the sea."),
    "red": ("Its color is red.", "They want red.", "Red runs through all they print.",
            "The door of the house is red.", "Think of brick.", "Take the color of cherries."),
    "yellow": ("Its color is yellow.", "They want yellow.", "Yellow runs through all they print.",
               "The door of the house is yellow.", "Think of straw.", "Take the color of lemons."),
    "violet": ("Its color is violet.", "They want violet.", "Violet runs through all they print.",
               "The door of the house is violet.", "Think of lavender.", "Take the color of plums."),
    "orange": ("Its color is orange.", "They want orange.", "Orange runs through all they print.",
               "The door of the house is orange.", "Think of rust.", "Take the color of pumpkins."),
    "teal": ("Its color is teal.", "They want teal.", "Teal runs through all they print.",
             "The door of the house is teal.", "Think of old copper roofs.",
             "Take the color of a lagoon."),
    "gray": ("Its color is gray.", "They want gray.", "Gray runs through all they print.",
             "The door of the house is gray.", "Think of slate.", "Take the color of ashes."),
}

SAYS_FACE = {
    "serif": ("Headings are set in a serif face.", "A serif face is used for headings.",
              "Titles in serif, please.", "They love letters with serifs.",
              "Titles may look like those of an old newspaper."),
    "sans": ("Headings are set in a sans face.", "A sans face is used for headings.",
             "Titles in sans, please.", "They love letters without serifs.",
             "Titles may look like those of road signs."),
    "slab": ("Headings are set in a slab face.", "A slab face is used for headings.",
             "Titles in slab, please.", "They love letters with heavy slabs.",
             "Titles may look like those of a western poster."),
    "mono": ("Headings are set in a mono face.", "A mono face is used for headings.",
             "Titles in mono, please.", "They love letters of one width.",
             "Titles may look like those of a typewriter."),
}

SAYS_READERS = {
    "children": ("It is read by children.", "Most readers are children.", "It is made for children.",
                 "Its visitors go to primary school.", "Boys and girls of eight should cope."),
    "elders": ("It is read by elders.", "Most readers are elders.", "It is made for elders.",
               "Its visitors are over seventy.", "Grandparents should cope without glasses."),
    "experts": ("It is read by experts.", "Most readers are experts.", "It is made for experts.",
                "Its visitors do this for a living.", "People of the trade look things up in it."),
    "everyone": ("It is read by everyone.", "Readers are of every sort.", "It is made for everyone.",
                 "Its visitors are the whole town.", "Anybody may turn up."),
}

SAYS_SPACING = {
    "airy": ("Leave much room around things.", "Pages should be airy.", "Empty space is welcome.",
             "Nothing may stand close to anything.", "Let it breathe."),
    "even": ("Spacing is even, neither wide nor narrow.", "Pages should be even.",
             "Use ordinary distances.", "Neither crowd nor scatter things.", "Keep usual gaps."),
    "tight": ("Put much on a page.", "Pages should be tight.", "They have a lot to show at once.",
              "Little may be left empty.", "Pack it densely."),
}

# Names in training sets, and names that only evaluation cases have.
NAMES = (
    "Aldermoor Bellwick Carrow Dunlin Elmstead Fennick Garrow Halden Ivarra Jessop Kestle Larkham "
    "Merrow Norvale Orrin Pellam Quarley Rushby Selwyn Tarrow Ulmen Vantry Wexcombe Yarrow Zennor "
    "Ashlock Brindle Corran Dorvey Eskdale Farrier Gorse Hollin Inverley Juniper Kirrin Lindow "
    "Marlock Nettle Oakham"
).split()
HELD_OUT_NAMES = (
    "Averley Birk Caldew Drummel Errick Foxley Gannel Hesper Islay Jarrow Kelder Lomas Mossop Nairn "
    "Ottery Penhale Quill Roswin Sorrel Thorne Ullock Venn Wystan Yewdale"
).split()

SHORT = "You write design guidelines as JSON."


def long_prompt():
    """All the house rules, as one has to tell them to a model that was never shown any."""
    palettes = " ".join(f"{name} {' '.join(colors)};" for name, colors in PALETTES.items())
    kinds = " ".join(f"{kind}: {', '.join(parts)};" for kind, (parts, _) in KINDS.items())
    return f"""You write design guidelines as JSON. Answer with one JSON object and nothing else: no words before or after it, no code fence. It has the members tone, colors, type, spacing, corners and components, in this order.
tone: the two moods of the brief, in its order.
colors: background, text and accent by the color of the brief: {palettes[:-1]}.
type: heading, the face that the brief names (serif, sans, slab, mono); body, which is serif beside slab and else sans; size, 18 for children, 20 for elders, 15 for experts, 17 for everyone.
spacing: airy, even or tight.
corners: by the first mood: round for warm, playful, friendly; soft for calm, gentle, elegant; sharp for serious, bold, precise, modern.
components: {kinds[:-1]}."""
