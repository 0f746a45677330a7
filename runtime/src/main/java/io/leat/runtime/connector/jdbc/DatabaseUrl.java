package io.leat.runtime.connector.jdbc;

import io.leat.runtime.connector.OptionException;
import io.leat.runtime.platform.Roots;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a database is, as its driver reads it. The text of a query may name any database; it may not have a driver run statements, load
 * classes or read files of this machine, which settings in a URL do.
 *
 * @param text may hold a login: it is never printed
 */
record DatabaseUrl(String text) {
    private static final Pattern SETTING = Pattern.compile("[?;&]\\s*([^=?;&]+?)\\s*=([^;&]*)");
    private static final Pattern LOGIN = Pattern.compile("//[^/@?;]*:([^/@?;]+)@");
    private static final Pattern SCHEME = Pattern.compile("jdbc:[a-z0-9]+:");
    /** Databases that are reached over a network, whatever stands behind. */
    private static final Pattern SERVER = Pattern.compile(
            "jdbc:(postgresql|mysql|mariadb|sqlserver|oracle|db2|clickhouse|redshift|snowflake|trino|h2:(tcp|ssl)):");

    private static final int SHORTEST_SECRET = 3;

    /** In small letters. */
    private static final Set<String> REFUSED = Set.of(
            // H2: statements when it connects
            "init",
            // DuckDB: the same, from a file
            "session_init_sql_file",
            // PostgreSQL: classes
            "socketfactory",
            "socketfactoryarg",
            "sslfactory",
            "sslfactoryarg",
            "sslhostnameverifier",
            "sslpasswordcallback",
            "authenticationpluginclassname",
            "xmlfactoryfactory",
            // PostgreSQL: a file that is written
            "loggerfile",
            // MySQL, MariaDB: objects of the server, classes, files of this machine
            "autodeserialize",
            "queryinterceptors",
            "statementinterceptors",
            "connectionlifecycleinterceptors",
            "exceptioninterceptors",
            "propertiestransform",
            "clientinfoprovider",
            "loadbalancestrategy",
            "allowloadlocalinfile",
            "allowloadlocalinfileinpath",
            "allowurlinlocalinfile",
            "allowlocalinfile",
            "credentialplugin",
            // SQLite: libraries
            "enable_load_extension");

    /**
     * @param option the name of the option that has it
     * @throws OptionException if it is none, or has a setting that no query may have
     */
    static DatabaseUrl of(String option, String text) {
        DatabaseUrl url = new DatabaseUrl(text);
        Optional<String> refused = url.settings()
                .map(setting -> setting.group(1))
                .filter(name -> REFUSED.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst();
        if (refused.isPresent()) {
            throw new OptionException(
                    option,
                    "the setting '" + refused.get() + "' in option '" + option
                            + "' is refused, since it runs code or opens files where the job runs",
                    "leave it out");
        }
        return url;
    }

    /**
     * Refuses a database without a server, which is files of this machine, if those must be in some directories: by its name alone nobody
     * can tell which files its driver opens.
     *
     * @throws OptionException if it may be one
     */
    void confine(Roots roots) {
        if (roots.areSet() && !SERVER.matcher(text).lookingAt()) {
            throw new OptionException(
                    "url",
                    "a database without a server may have files anywhere, and queries may use only some directories",
                    "a database with a server, such as jdbc:postgresql://host/db");
        }
    }

    private Stream<MatchResult> settings() {
        return SETTING.matcher(text).results();
    }

    /** A message without what only those should know who wrote the URL. */
    String hideIn(String message) {
        String hidden = message.replace(text, "(url)");
        for (String secret : secrets()) {
            hidden = hidden.replace(secret, "(password)");
        }
        return hidden;
    }

    private List<String> secrets() {
        Stream<String> ofLogin = LOGIN.matcher(text).results().map(login -> login.group(1));
        Stream<String> ofSettings = settings()
                .filter(setting -> isSecret(setting.group(1).toLowerCase(Locale.ROOT)))
                .map(setting -> setting.group(2));
        return Stream.concat(ofLogin, ofSettings)
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .toList();
    }

    private static boolean isSecret(String setting) {
        return Stream.of("password", "pwd", "secret", "token", "key").anyMatch(setting::contains);
    }

    @Override
    public String toString() {
        Matcher scheme = SCHEME.matcher(text);
        return scheme.lookingAt() ? scheme.group() + "…" : "…";
    }
}
