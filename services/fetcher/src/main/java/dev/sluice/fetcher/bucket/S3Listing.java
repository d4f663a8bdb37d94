package dev.sluice.fetcher.bucket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One page of a listing.
 *
 * @param next what to ask for the next page with; empty for the last
 */
record S3Listing(List<Entry> entries, String next) {

    /**
     * An object.
     *
     * @param etag without quotes
     * @param size in bytes, as the store says
     */
    record Entry(String key, String etag, long size) {}

    /** Reads a store's answer. */
    static S3Listing read(byte[] xml) throws IOException {
        List<Entry> entries = new ArrayList<>();
        String next = "";
        String key = "";
        String etag = "";
        long size = 0;
        boolean within = false;
        try {
            XMLStreamReader reader = reader(xml);
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (reader.getLocalName()) {
                        case "Contents" -> within = true;
                        case "Key" -> key = within ? reader.getElementText() : key;
                        case "ETag" -> etag = reader.getElementText().replace("\"", "");
                        case "Size" -> size = Long.parseLong(reader.getElementText().strip());
                        case "NextContinuationToken" -> next = reader.getElementText();
                        default -> {}
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && reader.getLocalName().equals("Contents")) {
                    entries.add(new Entry(key, etag, size));
                    within = false;
                }
            }
        } catch (XMLStreamException | NumberFormatException e) {
            throw new IOException("the store's answer is no listing", e);
        }
        return new S3Listing(entries, next);
    }

    /** What an error says that it is; empty where it doesn't. */
    static String errorCode(byte[] xml) {
        try {
            String code = element(xml, "Code");
            return code.matches("[A-Za-z0-9]{1,64}") ? code : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** The text of the first element of that name; empty if there is none. */
    static String element(byte[] xml, String name) throws IOException {
        try {
            XMLStreamReader reader = reader(xml);
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals(name)) {
                    return reader.getElementText();
                }
            }
            return "";
        } catch (XMLStreamException e) {
            throw new IOException("the answer is not XML", e);
        }
    }

    /** Without definitions of types and without anything from elsewhere. */
    private static XMLStreamReader reader(byte[] xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory.createXMLStreamReader(new ByteArrayInputStream(xml));
    }
}
