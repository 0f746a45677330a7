package io.leat.runtime.connector.datagen;

/**
 * Who and what there is in the auction house at each event. Of 50 events in a row the first is a person, three are auctions and 46
 * are bids; so the number of an event alone says how many persons and auctions came before it. Some of them are hot: much of what
 * happens goes to them, until others are.
 */
final class NexmarkEvents {
    static final int PERSON = 0;
    static final int AUCTION = 1;
    static final int BID = 2;

    private static final long PERSONS = 1;
    private static final long AUCTIONS = 3;
    private static final long ALL = 50;
    private static final long FIRST_ID = 1_000;
    /** One out of so many is hot, for as long as it takes until there are so many more. */
    private static final long HOT_EACH = 100;
    /** How many auctions take bids at a time, and how many persons are about. */
    private static final long OPEN_AUCTIONS = 100;

    private static final long ACTIVE_PERSONS = 1_000;
    /** Events are sometimes ahead of what they refer to, by so many. */
    private static final long AHEAD = 10;

    private static final double HOT_AUCTION_SHARE = 0.5;
    private static final double HOT_PERSON_SHARE = 0.75;

    private NexmarkEvents() {}

    /** What an event is. */
    static int kind(long number) {
        long place = number % ALL;
        if (place < PERSONS) {
            return PERSON;
        }
        return place < PERSONS + AUCTIONS ? AUCTION : BID;
    }

    /** The last person up to this event, from 0. */
    private static long lastPerson(long number) {
        return number / ALL;
    }

    /** The last auction up to this event, from 0; -1 if there is none. */
    private static long lastAuction(long number) {
        long place = number % ALL;
        long sinceRound = Math.max(0, Math.min(place - PERSONS + 1, AUCTIONS));
        return number / ALL * AUCTIONS + sinceRound - 1;
    }

    /** The person that an event is. */
    static long person(long number) {
        return FIRST_ID + lastPerson(number);
    }

    /** The auction that an event is. */
    static long auction(long number) {
        return FIRST_ID + lastAuction(number);
    }

    /** Who sells. */
    static long seller(long number, Draws draws) {
        long last = lastPerson(number);
        return draws.chance(HOT_PERSON_SHARE) ? FIRST_ID + last / HOT_EACH * HOT_EACH : anyPerson(last, draws);
    }

    /** Who bids; never who is hot among the sellers. */
    static long bidder(long number, Draws draws) {
        long last = lastPerson(number);
        return draws.chance(HOT_PERSON_SHARE) ? FIRST_ID + last / HOT_EACH * HOT_EACH + 1 : anyPerson(last, draws);
    }

    private static long anyPerson(long last, Draws draws) {
        long active = Math.min(last, ACTIVE_PERSONS);
        return FIRST_ID + last - active + draws.upTo(active + AHEAD);
    }

    /** What is bid for. */
    static long bidOn(long number, Draws draws) {
        long last = Math.max(0, lastAuction(number));
        if (draws.chance(HOT_AUCTION_SHARE)) {
            return FIRST_ID + last / HOT_EACH * HOT_EACH;
        }
        long open = Math.min(last, OPEN_AUCTIONS);
        return FIRST_ID + last - open + draws.upTo(open + AHEAD);
    }

    /** After how many events an auction is over at the latest. */
    static long longestAuction() {
        return 2 * OPEN_AUCTIONS * ALL / AUCTIONS;
    }

    /** From 100 to 100 million; as many below 10 000 as between 10 000 and a million, and above. */
    static long price(Draws draws) {
        return (long) (100 * StrictMath.pow(10, 6 * draws.unit()));
    }
}
