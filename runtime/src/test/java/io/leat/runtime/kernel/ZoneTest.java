package io.leat.runtime.kernel;

import static io.leat.runtime.kernel.Checks.assertError;
import static io.leat.runtime.kernel.Checks.withRandom;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.kernel.RowError.Reason;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.junit.jupiter.api.Test;

class ZoneTest {
    private static final String[] ZONES = {
        "UTC",
        "+05:30",
        "-18:00",
        "America/New_York",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Asia/Tokyo",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "America/Sao_Paulo",
        "Pacific/Apia",
        "Europe/Dublin",
        "Antarctica/Troll",
        "Asia/Tehran",
        "Africa/Monrovia",
        "America/Juneau"
    };

    @Test
    void allZonesAtRandomTimes() {
        for (String id : ZoneId.getAvailableZoneIds()) {
            Zone zone = Zone.of(ZoneId.of(id));
            withRandom(200, random -> {
                check(zone, random.nextLong(12_000_000_000L) - 6_000_000_000L);
                check(zone, random.nextLong(4_000_000_000L));
            });
        }
    }

    @Test
    void aroundEveryTransition() {
        for (String id : ZONES) {
            Zone zone = Zone.of(ZoneId.of(id));
            ZoneRules rules = zone.id().getRules();
            ZoneOffsetTransition transition = rules.nextTransition(Instant.MIN);
            while (transition != null && transition.toEpochSecond() < 4_300_000_000L) {
                for (int hours = -26; hours <= 26; hours++) {
                    for (int seconds = -1; seconds <= 1; seconds++) {
                        check(zone, transition.toEpochSecond() + hours * 1800L + seconds);
                    }
                }
                transition = rules.nextTransition(transition.getInstant());
            }
        }
    }

    private static void check(Zone zone, long second) {
        ZoneId id = zone.id();
        int offset = id.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
        assertEquals(offset, zone.offsetAt(second), () -> id + " " + second);
        assertEquals(second * 1_000_000 + 5 + offset * 1_000_000L, zone.toLocal(second * 1_000_000 + 5, 1_000_000));
        LocalDateTime local = LocalDateTime.ofEpochSecond(second, 5_000, ZoneOffset.UTC);
        long instant = local.atZone(id).toEpochSecond();
        assertEquals(
                instant * 1_000_000 + 5, zone.toInstant(second * 1_000_000 + 5, 1_000_000), () -> id + " " + local);
    }

    @Test
    void gapsAndOverlaps() {
        Zone zone = Zone.of(ZoneId.of("America/New_York"));
        // 2026-03-08 02:30 is skipped: it becomes 03:30 EDT.
        long skipped = micros("2026-03-08T02:30:00");
        assertEquals(micros("2026-03-08T07:30:00"), zone.toInstant(skipped, 1_000_000));
        // 2026-11-01 01:30 comes twice: first in EDT.
        long twice = micros("2026-11-01T01:30:00");
        assertEquals(micros("2026-11-01T05:30:00"), zone.toInstant(twice, 1_000_000));
        long second = micros("2026-11-01T06:45:00");
        assertEquals(micros("2026-11-01T06:30:00"), zone.toInstantNear(twice, second, 1_000_000));
        assertEquals(micros("2026-11-01T05:30:00"), zone.toInstantNear(twice, second - 3_600_000_000L, 1_000_000));
        assertEquals(micros("2026-03-08T07:30:00"), zone.toInstantNear(skipped, second, 1_000_000));
        assertEquals(twice, Zone.UTC.toInstantNear(twice, second, 1_000_000));
    }

    /** Walks along the clocks around each transition since 1970, every 30 seconds, which all of them are multiples of. */
    @Test
    void whatClocksHaveShown() {
        for (String id : ZONES) {
            Zone zone = Zone.of(ZoneId.of(id));
            ZoneRules rules = zone.id().getRules();
            ZoneOffsetTransition transition = rules.nextTransition(Instant.EPOCH);
            while (transition != null && transition.toEpochSecond() < 4_300_000_000L) {
                walk(zone, transition.toEpochSecond());
                transition = rules.nextTransition(transition.getInstant());
            }
        }
        walk(Zone.UTC, 0);
    }

    private static void walk(Zone zone, long around) {
        ZoneRules rules = zone.id().getRules();
        long shown = Long.MIN_VALUE;
        for (long second = around - 108_000; second < around + 108_000; second += 30) {
            for (long each = second - 1; each <= second; each++) {
                long wall = each + rules.getOffset(Instant.ofEpochSecond(each)).getTotalSeconds();
                long before = shown;
                shown = Math.max(shown, wall);
                long at = each;
                assertEquals(shown, zone.latestShown(each, 1), () -> zone + " at " + at);
                assertEquals(shown * 1_000 + (shown > before ? 7 : 999), zone.latestShown(each * 1_000 + 7, 1_000));
                // Every local time since the last look was first shown now, and earlier ones before.
                if (before != Long.MIN_VALUE && each == second && shown > before) {
                    assertEquals(each, zone.firstShown(shown, 1), () -> zone + " at " + at);
                    assertEquals(each * 1_000, zone.firstShown((before + 1) * 1_000, 1_000), () -> zone + " at " + at);
                }
            }
        }
    }

    @Test
    void firstShownByHand() {
        Zone zone = Zone.of(ZoneId.of("Europe/Berlin"));
        long ticks = 1_000_000;
        // 2026-03-29 02:00 to 03:00 is skipped at 01:00 UTC.
        for (String skipped : new String[] {"2026-03-29T02:00:00", "2026-03-29T02:59:59", "2026-03-29T03:00:00"}) {
            assertEquals(micros("2026-03-29T01:00:00"), zone.firstShown(micros(skipped), ticks));
        }
        assertEquals(micros("2026-03-28T23:00:00"), zone.firstShown(micros("2026-03-29T00:00:00"), ticks));
        // 2026-10-25 02:00 to 03:00 is shown twice, from 00:00 UTC and from 01:00 UTC.
        assertEquals(micros("2026-10-25T00:30:00"), zone.firstShown(micros("2026-10-25T02:30:00"), ticks));
        assertEquals(micros("2026-10-25T02:00:00"), zone.firstShown(micros("2026-10-25T03:00:00"), ticks));
        assertEquals(micros("2026-10-25T02:30:00"), zone.latestShown(micros("2026-10-25T00:30:00"), ticks));
        assertEquals(micros("2026-10-25T03:00:00") - 1, zone.latestShown(micros("2026-10-25T01:30:00"), ticks));
        assertEquals(micros("2026-10-25T03:00:00"), zone.latestShown(micros("2026-10-25T02:00:00"), ticks));
    }

    private static long micros(String text) {
        return TimestampsTest.fromJava(LocalDateTime.parse(text), 1_000_000);
    }

    @Test
    void edgesOfTheType() {
        Zone east = Zone.of(ZoneId.of("+18:00"));
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> east.toLocal(Long.MAX_VALUE, 1_000_000_000));
        assertError(Reason.NUMERIC_OVERFLOW, "TIMESTAMP", () -> east.toInstant(Long.MIN_VALUE, 1_000_000_000));
        assertEquals("+18:00", east.toString());
        for (long ticks : new long[] {Long.MIN_VALUE + 200_000_000_000L, Long.MAX_VALUE - 200_000_000_000L}) {
            Zone zone = Zone.of(ZoneId.of("Europe/Berlin"));
            assertEquals(ticks, zone.toInstant(zone.toLocal(ticks, 1_000_000), 1_000_000));
        }
    }
}
