package io.leat.compare;

/** Finds what queries of Nexmark need in an event, whatever the order of its members, if its type is wanted at all. */
abstract class HandAuctions extends HandLoop {
    static final int PERSON = 0;
    static final int AUCTION = 1;
    static final int BID = 2;

    private static final long TYPE = word("event_type");
    private static final long ID = word("id");
    private static final long NAME = word("name");
    private static final long CITY = word("city");
    private static final long STATE = word("state");
    private static final long TIME = word("dateTime");
    private static final long SELLER = word("seller");
    private static final long CATEGORY = word("category");
    private static final long AUCTION_ID = word("auction");
    private static final long BIDDER = word("bidder");
    private static final long PRICE = word("price");
    private static final long EXTRA = word("extra");

    /** One bit for each type. */
    private final int types;

    long id;
    long time;
    long seller;
    long category;
    long auction;
    long bidder;
    long price;
    int nameAt;
    int nameEnd;
    int cityAt;
    int cityEnd;
    int stateAt;
    int stateEnd;
    int extraAt;
    int extraEnd;

    HandAuctions(int types) {
        this.types = types;
    }

    /** The fields say what the event does. */
    abstract void event(int type);

    @Override
    final int line(int from) {
        byte[] bytes = this.bytes;
        int type = -1;
        int at = from;
        while (bytes[at] != '}') {
            int name = at + 2;
            int length = textEnd(bytes, name) - name;
            at = name + length + 2;
            if (bytes[at] == '{') {
                at = members(bytes, at);
            } else if (bytes[at] == '"') {
                at = textEnd(bytes, at + 1) + 1;
            } else {
                int number = 0;
                while (bytes[at] >= '0' && bytes[at] <= '9') {
                    number = 10 * number + bytes[at++] - '0';
                }
                if (length == 10 && name(bytes, name, length) == TYPE) {
                    type = number;
                    if ((types >> type & 1) == 0) {
                        return nextLine(bytes, at);
                    }
                }
            }
        }
        event(type);
        return nextLine(bytes, at);
    }

    /** The object that begins here; answers with where it has ended. */
    private int members(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '}') {
            int name = at + 2;
            int length = textEnd(bytes, name) - name;
            long word = name(bytes, name, length);
            at = name + length + 2;
            if (bytes[at] == '"') {
                int end = textEnd(bytes, at + 1);
                text(word, at + 1, end);
                at = end + 1;
            } else {
                long number = 0;
                while (bytes[at] >= '0' && bytes[at] <= '9') {
                    number = 10 * number + bytes[at++] - '0';
                }
                number(word, number);
            }
        }
        return at + 1;
    }

    private void text(long name, int at, int end) {
        if (name == EXTRA) {
            extraAt = at;
            extraEnd = end;
        } else if (name == NAME) {
            nameAt = at;
            nameEnd = end;
        } else if (name == CITY) {
            cityAt = at;
            cityEnd = end;
        } else if (name == STATE) {
            stateAt = at;
            stateEnd = end;
        }
    }

    private void number(long name, long number) {
        if (name == TIME) {
            time = number;
        } else if (name == AUCTION_ID) {
            auction = number;
        } else if (name == BIDDER) {
            bidder = number;
        } else if (name == PRICE) {
            price = number;
        } else if (name == ID) {
            id = number;
        } else if (name == SELLER) {
            seller = number;
        } else if (name == CATEGORY) {
            category = number;
        }
    }
}
