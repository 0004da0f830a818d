"""The XMP metadata of a PDF: the claim that it is PDF/UA-1, its language, rights and licence.

WeasyPrint's packet claims PDF/A-3a (ISO 19005-3, 6.6.4). PDF/UA-1 is claimed by `pdfuaid:part` (ISO 14289-1, clause
5), a property that PDF/A takes only with a description of its schema (ISO 19005-3, 6.6.2.3).
"""

from __future__ import annotations

from xml.sax.saxutils import escape

END_OF_RDF = b"</rdf:RDF>"

PDFUA = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def add_conformance_claims(packet: bytes, *, language: str, rights: str, licence: str) -> bytes:
    """Return WeasyPrint's packet, which has title, author and dates, with the rest added; `licence` is an address."""
    more = PDFUA
    if language:
        more += _dublin_core(f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>")
    if rights:
        text = f'<rdf:li xml:lang="x-default">{escape(rights)}</rdf:li>'
        more += _dublin_core(f"<dc:rights><rdf:Alt>{text}</rdf:Alt></dc:rights>")
    if licence:
        more += (
            '<rdf:Description rdf:about="" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">'
            "<xmpRights:Marked>True</xmpRights:Marked>"
            f"<xmpRights:WebStatement>{escape(licence)}</xmpRights:WebStatement></rdf:Description>\n"
        )
    head, end, tail = packet.rpartition(END_OF_RDF)
    return head + b"\n" + more.encode() + end + tail


def _dublin_core(element: str) -> str:
    start = '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    return f"{start}{element}</rdf:Description>\n"
