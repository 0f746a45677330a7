package io.leat.runtime.connector.datagen;

import io.leat.runtime.connector.OptionException;
import io.leat.runtime.type.Type;
import java.util.Locale;
import java.util.function.LongPredicate;

/**
 * {@code 'template' = 'nexmark'}: the events of an auction house, as the benchmark of that name has them. A table has the columns
 * {@code event_type}, {@code person}, {@code auction} and {@code bid}, or some of them, each with any of its fields; of the last
 * three, one is there and the others are NULL.
 */
final class NexmarkTemplate {
    private static final long MICROS_PER_MILLI = 1_000;
    private static final int EXTRA_OF_PERSON = 100;
    private static final int EXTRA_OF_AUCTION = 300;
    private static final int EXTRA_OF_BID = 40;

    private final EventTime.Settings time;
    private final Type type;
    private final String path;
    /** The path, spelt so that the same column has the same values, however it is written. */
    private final String key;

    private NexmarkTemplate(EventTime.Settings time, Type type, String path) {
        this.time = time;
        this.type = type;
        this.path = path;
        this.key = path.toLowerCase(Locale.ROOT);
    }

    /**
     * What a column is made of.
     *
     * @param present for the number of a row, whether there is a value
     * @param drawnAs the column whose draws are taken: columns that are drawn as the same one agree
     * @param maker null for a row
     */
    record Part(LongPredicate present, String drawnAs, ValueMaker maker) {
        Part as(String column) {
            return new Part(present, column, maker);
        }
    }

    /**
     * The part for a column.
     *
     * @param path dotted for a field inside a row
     * @throws OptionException if events have no such column, or one of another type
     */
    static Part part(EventTime.Settings time, Type type, String path) {
        return new NexmarkTemplate(time, type, path).part();
    }

    private Part part() {
        return switch (key) {
            case "event_type" -> {
                expect(type.equals(Type.INT), "INT");
                yield made((number, draws, column, row) -> column.putInt(row, NexmarkEvents.kind(number)));
            }
            case "person" -> row(NexmarkEvents.PERSON);
            case "person.id" -> number((number, draws) -> NexmarkEvents.person(number));
            case "person.name" -> text(NexmarkTexts.names());
            case "person.emailaddress" -> text(NexmarkTexts.like("???????@?????.example"));
            case "person.creditcard" -> text(NexmarkTexts.like("#### #### #### ####"));
            case "person.city" -> text(NexmarkTexts.cities());
            case "person.state" -> text(NexmarkTexts.states());
            case "person.extra" -> text(NexmarkTexts.letters(0, EXTRA_OF_PERSON));
            case "auction" -> row(NexmarkEvents.AUCTION);
            case "auction.id" -> number((number, draws) -> NexmarkEvents.auction(number));
            case "auction.itemname" -> text(NexmarkTexts.letters(5, 20));
            case "auction.description" -> text(NexmarkTexts.letters(20, 100));
            case "auction.initialbid" -> number((number, draws) -> NexmarkEvents.price(draws));
            case "auction.reserve" ->
                number((number, draws) -> NexmarkEvents.price(draws) + NexmarkEvents.price(draws))
                        .as("auction.initialbid");
            case "auction.expires" -> expires();
            case "auction.seller" -> number(NexmarkEvents::seller);
            case "auction.category" -> number((number, draws) -> 10 + draws.upTo(4));
            case "auction.extra" -> text(NexmarkTexts.letters(0, EXTRA_OF_AUCTION));
            case "bid" -> row(NexmarkEvents.BID);
            case "bid.auction" -> number(NexmarkEvents::bidOn);
            case "bid.bidder" -> number(NexmarkEvents::bidder);
            case "bid.price" -> number((number, draws) -> NexmarkEvents.price(draws));
            case "bid.channel" -> text(NexmarkTexts.channel());
            case "bid.url" -> text(NexmarkTexts.url()).as("bid.channel");
            case "bid.extra" -> text(NexmarkTexts.letters(0, EXTRA_OF_BID));
            case "person.datetime", "auction.datetime", "bid.datetime" ->
                made(new EventTime(time, timestamp())).as(EventTime.DRAWN_AS);
            default ->
                throw new OptionException(
                        "template",
                        "events of the template 'nexmark' have no '" + path + "'",
                        "event_type, person, auction and bid with their fields");
        };
    }

    /** When an auction is over: up to so much after its event time. */
    private Part expires() {
        EventTime begin = new EventTime(time, timestamp());
        long longest = NexmarkEvents.longestAuction() * time.stepMicros();
        return made((number, draws, column, row) -> {
                    long micros = begin.micros(number, draws);
                    begin.put(micros + MICROS_PER_MILLI + draws.upTo(longest), column, row);
                })
                .as(EventTime.DRAWN_AS);
    }

    /** A whole number that a row has. */
    private interface NumberMaker {
        long make(long number, Draws draws);
    }

    private Part made(ValueMaker maker) {
        return new Part(number -> true, key, maker);
    }

    private Part number(NumberMaker maker) {
        expect(type.equals(Type.BIGINT), "BIGINT");
        return made((number, draws, column, row) -> column.putLong(row, maker.make(number, draws)));
    }

    private Part text(ValueMaker maker) {
        expect(type.equals(Type.VARCHAR), "STRING");
        return made(maker);
    }

    private Part row(int kind) {
        expect(type instanceof Type.RowType, "ROW");
        return new Part(number -> NexmarkEvents.kind(number) == kind, key, null);
    }

    private Type.TimestampType timestamp() {
        expect(type instanceof Type.TimestampType, "TIMESTAMP(3)");
        return (Type.TimestampType) type;
    }

    private void expect(boolean fits, String wanted) {
        if (!fits) {
            throw new OptionException(
                    "template", "'" + path + "' of the template 'nexmark' is " + wanted + ", not " + type.sql(), "");
        }
    }
}
