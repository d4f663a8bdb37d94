package dev.sluice.yaml;

/**
 * The tags of YAML's own types, in the short form that nodes carry, and the long form that files
 * may use.
 */
public final class Tags {
    public static final String NULL = "!!null";
    public static final String BOOL = "!!bool";
    public static final String STR = "!!str";
    public static final String INT = "!!int";
    public static final String FLOAT = "!!float";
    public static final String TIMESTAMP = "!!timestamp";
    public static final String BINARY = "!!binary";
    public static final String MERGE = "!!merge";
    public static final String SEQ = "!!seq";
    public static final String MAP = "!!map";

    private static final String LONG_PREFIX = "tag:yaml.org,2002:";

    private Tags() {}

    /** {@code tag:yaml.org,2002:str} becomes {@code !!str}; other tags stay. */
    public static String shortForm(String tag) {
        return tag.startsWith(LONG_PREFIX) ? "!!" + tag.substring(LONG_PREFIX.length()) : tag;
    }

    /** {@code !!str} becomes {@code tag:yaml.org,2002:str}; other tags stay. */
    public static String longForm(String tag) {
        return tag.startsWith("!!") ? LONG_PREFIX + tag.substring(2) : tag;
    }
}
