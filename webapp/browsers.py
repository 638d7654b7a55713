"""The name of a browser, coarse enough to recognise one's own and to identify nobody."""

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """`Chrome · Android`; empty when nothing is known."""
    return " · ".join(
        name
        for table in (BROWSERS, SYSTEMS)
        if (name := next((name for mark, name in table if mark in user_agent), ""))
    )
