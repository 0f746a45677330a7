package io.leat.runtime.connector.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.leat.runtime.connector.OptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://away/x.sql'",
                "jdbc:h2:mem:x; init =SELECT 1",
                "jdbc:mysql://host/db?a=b&autoDeserialize=true",
                "jdbc:mysql://host/db?allowLoadLocalInfile=true",
                "jdbc:postgresql://host/db?socketFactory=some.Class&socketFactoryArg=x",
                "jdbc:postgresql://host/db?loggerFile=/etc/passwd",
                "jdbc:duckdb:x;session_init_sql_file=/x.sql"
            })
    void settingsThatRunCodeAreRefused(String text) {
        OptionException refused = assertThrows(OptionException.class, () -> DatabaseUrl.of("url", text));
        assertTrue(refused.getMessage().contains("runs code or opens files"), refused.getMessage());
        assertEquals("url", refused.key());
    }

    @Test
    void otherSettingsAreTheDriversOwn() {
        String text = "jdbc:postgresql://host:5432/db?sslmode=require&initialDelay=3";
        assertEquals(text, DatabaseUrl.of("url", text).text());
    }

    @Test
    void messagesDoNotQuoteWhatItHolds() {
        DatabaseUrl login =
                new DatabaseUrl("jdbc:postgresql://leat:s3cret@host/db?sslpassword=0ther&ApplicationName=x");
        assertEquals(
                "no user (password), (password) at host, for x; not for (url)",
                login.hideIn("no user s3cret, 0ther at host, for x; not for " + login.text()));
        assertEquals("jdbc:postgresql:…", login.toString());
        DatabaseUrl setting = new DatabaseUrl("jdbc:h2:file:/x;PASSWORD=canary;MODE=DB2");
        assertEquals("(password) in DB2", setting.hideIn("canary in DB2"));
        assertFalse(setting.toString().contains("canary"));
    }
}
