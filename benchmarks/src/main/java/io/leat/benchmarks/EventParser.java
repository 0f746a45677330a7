package io.leat.benchmarks;

/** Adds up columns of Yahoo events as a program that was written for them would; see {@link TradeParser}. */
final class EventParser {
    private static final int TO_USER = "{\"user_id\":\"".length();
    private static final int TO_PAGE = "\",\"page_id\":\"".length();
    private static final int TO_AD = "\",\"ad_id\":\"".length();
    private static final int TO_TYPE = "\",\"ad_type\":\"".length();
    private static final int TO_EVENT = "\",\"event_type\":\"".length();
    private static final int TO_TIME = "\",\"event_time\":".length();
    private static final int TO_ADDRESS = ",\"ip_address\":\"".length();
    private static final long FIRST_MILLIS = 1_450_396_800_000L;

    private EventParser() {}

    static long sum(Lines lines, int columns) {
        byte[] bytes = lines.bytes();
        long sum = 0;
        int at = 0;
        while (at < lines.length()) {
            int user = at + TO_USER;
            int userEnd = Bytes.find(bytes, user, '"');
            int page = userEnd + TO_PAGE;
            int pageEnd = Bytes.find(bytes, page, '"');
            int ad = pageEnd + TO_AD;
            int adEnd = Bytes.find(bytes, ad, '"');
            int type = adEnd + TO_TYPE;
            int typeEnd = Bytes.find(bytes, type, '"');
            int event = typeEnd + TO_EVENT;
            int eventEnd = Bytes.find(bytes, event, '"');
            int time = eventEnd + TO_TIME;
            int timeEnd = Bytes.find(bytes, time, ',');
            int address = timeEnd + TO_ADDRESS;
            int addressEnd = Bytes.find(bytes, address, '"');
            sum += Bytes.number(bytes, time, timeEnd) - FIRST_MILLIS;
            if (columns >= 3) {
                sum += adEnd - ad + eventEnd - event;
            }
            if (columns == 7) {
                sum += userEnd - user + pageEnd - page + typeEnd - type + addressEnd - address;
            }
            at = addressEnd + "\"}\n".length();
        }
        return sum;
    }
}
