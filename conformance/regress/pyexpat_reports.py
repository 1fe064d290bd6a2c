"""What pyexpat reports of documents: whole, damaged and in pieces, to all handlers."""

import zlib
from xml.parsers import expat

DOCUMENT = b"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<?style a b?>
<!-- c -->
<!DOCTYPE q PUBLIC "-//a b//" "q.dtd" [
<!ELEMENT root (a?|b+|c)*>
<!ELEMENT r2 (#PCDATA|x)*>
<!ATTLIST root a CDATA #REQUIRED b NMTOKENS " x  y " c (u|v) "u" e CDATA #FIXED "z">
<!NOTATION n SYSTEM "n.j">
<!ENTITY a "&#226;&lt;">
<!ENTITY b "x&a;<i>y</i>">
<!ENTITY % p "<!ENTITY c 'cc'>">
<!ENTITY ext SYSTEM "e.f">
<!ENTITY un PUBLIC "pp" "e.f" NDATA n>
%p;
]>
<root a="v1" f="v&a;2&#8000;
x\ty" xmlns="urn:d" xmlns:n="urn:n" n:k='3'>
<n:s xml:lang="en">t]e]xt &amp;&b; \xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80</n:s><e/>
<![CDATA[ <x> ]] ]]>&c;&ext;\r\nz\r
</root>
<!-- end -->
"""

NAMES = [n for n in dir(expat.ParserCreate()) if n.endswith("Handler") and "Default" not in n]


def reports(document, step, separator, default, parameters):
    found = []
    parser = expat.ParserCreate(namespace_separator=separator)
    parser.ordered_attributes = True
    parser.buffer_text = step == 0
    parser.SetParamEntityParsing(parameters)

    def handler(name):
        def handle(*args):
            # The order of the items of a context is Expat's own.
            if name == "ExternalEntityRefHandler" and args[0]:
                args = (sorted(args[0].split("\f")), *args[1:])
            place = parser.CurrentLineNumber, parser.CurrentColumnNumber, parser.CurrentByteIndex
            found.append((name, *args, place))
            return 1

        return handle

    for name in NAMES:
        setattr(parser, name, handler(name))
    if default:
        setattr(parser, default, handler(default))
    try:
        for i in range(0, len(document) if step else 0, step or 1):
            parser.Parse(document[i : i + step], False)
        parser.Parse(b"" if step else document, True)
    except expat.ExpatError as e:
        found.append((str(e), e.code, parser.ErrorByteIndex))
    except (LookupError, ValueError) as e:
        found.append((type(e).__name__, str(e)))
    return found


for line in reports(DOCUMENT, 0, "!", None, expat.XML_PARAM_ENTITY_PARSING_ALWAYS):
    print(*line)
for line in reports(DOCUMENT, 0, None, "DefaultHandler", expat.XML_PARAM_ENTITY_PARSING_NEVER):
    print(*line)

# As sums: in pieces, with other separators, and with each byte missing.
for step in 7, 100:
    for separator in None, "", " ":
        found = reports(DOCUMENT, step, separator, "DefaultHandlerExpand", 1)
        print(step, separator, len(found), zlib.crc32(repr(found).encode()))
for at in range(0, len(DOCUMENT), 2):
    found = reports(DOCUMENT[:at] + DOCUMENT[at + 1 :], 0, "!", None, 0)
    print(at, found[-1])

for text in (
    b"", b"<", b"<a", b"<a>", b"<a></b>", b"<a/><b/>", b"x", b"<a b='1' b='2'/>", b"<a>&x;</a>",
    b"<a>&#0;</a>", b"<a>\xff</a>", b"<a>\xc3", b"<a><![CDATA[x", b"<p:a/>", b" <?xml version='1.0'?><a/>",
    b"<?xml version='1.0' encoding='utf-16'?><a/>", b"<!DOCTYPE a [<!ENTITY b '&b;'>]><a>&b;</a>",
    b"<!DOCTYPE a [<!ENTITY b '<c>'>]><a>&b;</c></a>", b"<a xmlns:xml='u'/>", b"<a xmlns:b=''/>",
    "<?xml version='1.0' encoding='utf-16'?><a>\u20ac</a>".encode("utf-16"),
):  # fmt: skip
    print(text, reports(text, 0, "!", None, 0)[-1:])

LAUGHS = "<!DOCTYPE a [<!ENTITY e0 'ha'>%s]><a>&e9;</a>" % "".join(
    "<!ENTITY e%d '%s'>" % (i, "&e%d;" % (i - 1) * 10) for i in range(1, 10)
)
try:
    expat.ParserCreate().Parse(LAUGHS, True)
except expat.ExpatError as e:
    print(expat.ErrorString(e.code))
