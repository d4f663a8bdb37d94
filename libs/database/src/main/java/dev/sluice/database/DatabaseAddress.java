package dev.sluice.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where a PostgreSQL is.
 *
 * @param url for JDBC, without credentials
 * @param user empty where the url or the environment says it
 */
public record DatabaseAddress(String url, String user, String password) {

    private static final int CONNECT_SECONDS = 10;

    /**
     * Reads what people write: {@code postgresql://user:password@host:port/database?options}, or
     * the same with {@code jdbc:} before it.
     *
     * @throws IllegalArgumentException where it is neither; the text is not told, for it may hold a
     *     password
     */
    public static DatabaseAddress parse(String text) {
        String bare = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        bare = bare.replaceFirst("^postgres:", "postgresql:");
        if (!bare.startsWith("postgresql://")) {
            throw new IllegalArgumentException(
                    "not the URL of a PostgreSQL: postgresql://user:password@host:port/database");
        }
        try {
            URI uri = URI.create(bare);
            String info = uri.getRawUserInfo();
            String credentials = info == null ? "" : info;
            int colon = credentials.indexOf(':');
            return new DatabaseAddress(
                    "jdbc:" + (info == null ? bare : bare.replaceFirst("//[^@/]*@", "//")),
                    decoded(colon < 0 ? credentials : credentials.substring(0, colon)),
                    decoded(colon < 0 ? "" : credentials.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not the URL of a PostgreSQL: characters that are none of a URL must be written as %..");
        }
    }

    /** A connection that commits only when told. */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        if (!user.isEmpty()) {
            properties.setProperty("user", user);
            properties.setProperty("password", password);
        }
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("ApplicationName", "sluice");
        properties.setProperty("reWriteBatchedInserts", "true");
        Connection connection = new org.postgresql.Driver().connect(url, properties);
        if (connection == null) {
            throw new SQLException("not the URL of a PostgreSQL");
        }
        connection.setAutoCommit(false);
        return connection;
    }

    boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(CONNECT_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return url.replaceFirst("\\?.*", "");
    }
}
