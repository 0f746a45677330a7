package io.leat.runtime.connector.datagen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.OptionException;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.TimestampType;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NexmarkTemplateTest extends GeneratedRows {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Type TIME = new TimestampType(3, false);

    private static final Field KIND = Field.nullable("event_type", Type.INT);
    private static final Field PERSON = Field.nullable(
            "person",
            new RowType(List.of(
                    Field.nullable("id", Type.BIGINT),
                    Field.nullable("state", Type.VARCHAR),
                    Field.nullable("dateTime", TIME))));
    private static final Field AUCTION = Field.nullable(
            "auction",
            new RowType(List.of(
                    Field.nullable("id", Type.BIGINT),
                    Field.nullable("initialBid", Type.BIGINT),
                    Field.nullable("reserve", Type.BIGINT),
                    Field.nullable("dateTime", TIME),
                    Field.nullable("expires", TIME),
                    Field.nullable("seller", Type.BIGINT),
                    Field.nullable("category", Type.BIGINT))));
    private static final Field BID = Field.nullable(
            "bid",
            new RowType(List.of(
                    Field.nullable("auction", Type.BIGINT),
                    Field.nullable("bidder", Type.BIGINT),
                    Field.nullable("price", Type.BIGINT),
                    Field.nullable("channel", Type.VARCHAR),
                    Field.nullable("url", Type.VARCHAR),
                    Field.nullable("dateTime", TIME))));
    private static final Schema EVENTS = new Schema(List.of(KIND, PERSON, AUCTION, BID));

    /** The events, one JSON object each. */
    private List<JsonNode> events(String... options) {
        List<String> all = new ArrayList<>(List.of("template", "nexmark"));
        all.addAll(List.of(options));
        return rows(EVENTS, all.toArray(String[]::new)).stream()
                .map(NexmarkTemplateTest::event)
                .toList();
    }

    /** Rows inside a row are JSON texts in CSV. */
    private static JsonNode event(String line) {
        String json = line.replaceFirst("^(\\d),", "{\"event_type\":$1,\"value\":")
                .replace(",NULL", "")
                .replace("NULL,", "")
                .replace("\"{", "{")
                .replace("}\"", "}")
                .replace("\"\"", "\"");
        try {
            return JSON.readTree(json + "}");
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void ofFiftyEventsOneIsAPersonAndThreeAreAuctions() {
        long persons = 1_000;
        long auctions = 1_000;
        int place = 0;
        for (JsonNode event : events("number-of-rows", "500")) {
            int kind = place % 50 == 0 ? 0 : place % 50 <= 3 ? 1 : 2;
            assertEquals(kind, event.get("event_type").asInt());
            if (kind == 0) {
                assertEquals(persons++, event.at("/value/id").asLong());
                assertTrue(event.at("/value").has("state"), "it is a person");
            } else if (kind == 1) {
                assertEquals(auctions++, event.at("/value/id").asLong());
                assertTrue(event.at("/value").has("seller"), "it is an auction");
            } else {
                assertTrue(event.at("/value").has("bidder"), "it is a bid");
            }
            place++;
        }
        assertEquals(500, place);
    }

    @Test
    void eventsReferToWhatIsThereOrSoonWillBe() {
        long persons = 0;
        long auctions = 0;
        int hotAuctions = 0;
        int bids = 0;
        for (JsonNode event : events("number-of-rows", "20000")) {
            JsonNode value = event.get("value");
            switch (event.get("event_type").asInt()) {
                case 0 -> persons++;
                case 1 -> {
                    auctions++;
                    between(1_000, value.get("seller").asLong(), 1_000 + persons + 10);
                    between(10, value.get("category").asLong(), 14);
                    assertTrue(
                            value.get("initialBid").asLong()
                                    < value.get("reserve").asLong(),
                            "the reserve is higher");
                    Duration open = Duration.between(time(value, "dateTime"), time(value, "expires"));
                    between(1, open.toMillis(), 3_334);
                }
                default -> {
                    bids++;
                    long auction = value.get("auction").asLong();
                    between(Math.max(1_000, 1_000 + auctions - 101), auction, 1_000 + auctions + 10);
                    hotAuctions += auction % 100 == 0 ? 1 : 0;
                    between(1_000, value.get("bidder").asLong(), 1_000 + persons + 10);
                    between(100, value.get("price").asLong(), 100_000_000);
                }
            }
        }
        // Half of them, and one of a hundred of the others.
        between(bids * 48L / 100, hotAuctions, bids * 53L / 100);
    }

    private static LocalDateTime time(JsonNode row, String field) {
        return LocalDateTime.parse(row.get(field).asText());
    }

    private static void between(long least, long value, long most) {
        assertTrue(least <= value && value <= most, value + " is not from " + least + " to " + most);
    }

    @Test
    void addressesGoWithTheirChannels() {
        Set<String> states = new HashSet<>();
        int named = 0;
        int told = 0;
        for (JsonNode event : events("number-of-rows", "20000")) {
            JsonNode value = event.get("value");
            if (event.get("event_type").asInt() == 0) {
                states.add(value.get("state").asText());
            } else if (event.get("event_type").asInt() == 2) {
                String channel = value.get("channel").asText();
                String url = value.get("url").asText();
                assertTrue(url.matches("https://www\\.nexmark\\.example(/[a-z]{5}){3}/item\\.htm\\?query=1.*"), url);
                named += channel.startsWith("channel-") ? 0 : 1;
                if (url.contains("&")) {
                    told++;
                    assertTrue(url.endsWith("&channel_id=" + channel.substring("channel-".length())), url);
                }
            }
        }
        assertEquals(Set.of("AZ", "CA", "ID", "OR", "WA", "WY"), states);
        // Of 18 400 bids half, and nine tenths of the others.
        between(8_900, named, 9_500);
        between(8_000, told, 8_560);
    }

    @Test
    void timesOfAnEventAgreeWithTheEventTime() {
        LocalDateTime start = LocalDateTime.parse("2026-01-01T00:00:00");
        String[] options = {
            "number-of-rows",
            "5000",
            "event-time.jitter",
            "1 s",
            "event-time.late-rate",
            "0.1",
            "event-time.late-by",
            "1 min"
        };
        int place = 0;
        int late = 0;
        for (JsonNode event : events(options)) {
            LocalDateTime due = start.plus(Duration.ofMillis(place));
            long behind =
                    Duration.between(time(event.get("value"), "dateTime"), due).toMillis();
            boolean isLate = behind >= 60_000;
            late += isLate ? 1 : 0;
            between(isLate ? 60_000 : 0, behind, isLate ? 61_000 : 1_000);
            place++;
        }
        between(400, late, 600);
    }

    @Test
    void aColumnDoesNotDependOnTheOthersNorOnBatches() {
        String[] options = {"template", "nexmark", "number-of-rows", "300", "seed", "5", "event-time.jitter", "2 s"};
        List<Long> whole = rows(EVENTS, options).stream()
                .map(line -> event(line).at("/value/price").asLong())
                .toList();
        Field price = Field.nullable("BID", new RowType(List.of(Field.nullable("Price", Type.BIGINT))));
        List<Long> alone = rows(new Schema(List.of(price)), options).stream()
                .map(line -> line.equals("NULL") ? 0 : Long.parseLong(line.replaceAll("\\D", "")))
                .toList();
        assertEquals(whole, alone);
        String[] dealt = {"template", "nexmark", "number-of-rows", "300", "rows-per-second", "0", "partitions", "3"};
        assertEquals(partitions(EVENTS, 100, dealt), partitions(EVENTS, 7, dealt));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bidder|events of the template 'nexmark' have no 'bidder'",
                "event_type|'event_type' of the template 'nexmark' is INT, not BIGINT",
                "bid|'bid' of the template 'nexmark' is ROW, not BIGINT"
            })
    void columnsMustFit(String name, String message) {
        ConnectorException error = assertThrows(
                ConnectorException.class,
                () -> rows(schema(name, Type.BIGINT), "template", "nexmark", "number-of-rows", "1"));
        assertEquals("table t, option 'template': " + message, error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fields.bid.min|3|option 'fields.bid.min' does not go with a template",
                "event-time.column|a|option 'event-time.column' does not go with a template"
            })
    void aTemplateSaysAllOfColumns(String key, String value, String message) {
        OptionException error =
                assertThrows(OptionException.class, () -> run.sourceTraits("template", "nexmark", key, value));
        assertEquals(message, error.getMessage());
    }

    @Test
    void thereIsNoOtherTemplate() {
        OptionException error = assertThrows(OptionException.class, () -> run.sourceTraits("template", "auctions"));
        assertTrue(error.getMessage().contains("'template' is 'auctions'"), error.getMessage());
    }
}
