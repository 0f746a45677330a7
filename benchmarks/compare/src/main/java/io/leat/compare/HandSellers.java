package io.leat.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Queries over persons and their auctions. */
abstract class HandSellers extends HandAuctions {
    private static final long WINDOW_MILLIS = 10_000;

    HandSellers() {
        super(1 << PERSON | 1 << AUCTION);
    }

    /** q3. */
    static final class OfStates extends HandSellers {
        private static final Set<String> STATES = Set.of("OR", "ID", "CA");

        private final Map<Long, String> persons = new HashMap<>();
        private final Map<Long, List<Long>> auctions = new HashMap<>();

        @Override
        void event(int type) {
            if (type == PERSON) {
                if (STATES.contains(text(stateAt, stateEnd))) {
                    String person = text(nameAt, nameEnd) + "," + text(cityAt, cityEnd) + "," + text(stateAt, stateEnd);
                    persons.put(id, person);
                    auctions.getOrDefault(id, List.of()).forEach(auction -> answer.add(person + "," + auction));
                }
            } else if (category == 10) {
                auctions.computeIfAbsent(seller, key -> new ArrayList<>()).add(id);
                String person = persons.get(seller);
                if (person != null) {
                    answer.add(person + "," + id);
                }
            }
        }
    }

    /** q8. */
    static final class NewUsers extends HandSellers {
        private long window = Long.MIN_VALUE;
        private final Map<Long, String> persons = new HashMap<>();
        private final Set<Long> sellers = new HashSet<>();

        @Override
        void event(int type) {
            long start = time - time % WINDOW_MILLIS;
            if (start != window) {
                tell();
                window = start;
            }
            if (type == PERSON) {
                persons.put(id, text(nameAt, nameEnd));
            } else {
                sellers.add(seller);
            }
        }

        private void tell() {
            persons.forEach((person, name) -> {
                if (sellers.contains(person)) {
                    answer.add(person + "," + name);
                }
            });
            persons.clear();
            sellers.clear();
        }

        @Override
        void end() {
            tell();
        }
    }
}
