package io.leat.runtime.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.leat.runtime.memory.Memory;
import io.leat.runtime.state.heap.HeapState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final BufferAllocator allocator = new RootAllocator();
    private final ArrowBuf scratch = allocator.buffer(64);
    private final Timers timers = new Timers(new HeapState(allocator), allocator);

    private record Timer(long time, int key) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return time != other.time ? Long.compare(time, other.time) : Integer.compare(key, other.key);
        }
    }

    @AfterEach
    void close() {
        timers.close();
        scratch.close();
        allocator.close();
    }

    private long key(int number) {
        Memory.putByte(scratch.memoryAddress(), (byte) number);
        return scratch.memoryAddress();
    }

    private void schedule(long time, int key) {
        timers.schedule(time, key(key), 1);
    }

    private List<Timer> fire(long watermark) {
        List<Timer> fired = new ArrayList<>();
        timers.fireUpTo(watermark, (time, key, length) -> fired.add(new Timer(time, Memory.getByte(key))));
        return fired;
    }

    @Test
    void agreesWithASetOverRandomCalls() {
        SplittableRandom random = new SplittableRandom(17);
        TreeSet<Timer> model = new TreeSet<>();
        long watermark = -1_000;
        for (int i = 0; i < 20_000; i++) {
            Timer timer = new Timer(watermark + random.nextInt(-3, 50), random.nextInt(20));
            if (random.nextInt(3) > 0) {
                schedule(timer.time(), timer.key());
                model.add(timer);
            } else {
                assertEquals(model.remove(timer), timers.cancel(timer.time(), key(timer.key()), 1));
            }
            if (random.nextInt(20) == 0) {
                watermark += random.nextInt(12);
                List<Timer> due = new ArrayList<>();
                while (!model.isEmpty() && model.first().time() <= watermark) {
                    due.add(model.pollFirst());
                }
                assertEquals(due, fire(watermark));
            }
            assertEquals(model.size(), timers.entries());
            assertEquals(model.isEmpty() ? Long.MAX_VALUE : model.first().time(), timers.next());
        }
        assertEquals(List.copyOf(model), fire(Long.MAX_VALUE));
        assertEquals(0, timers.entries());
    }

    /** What firing sets or takes back counts at once. */
    @Test
    void timersSetWhileFiring() {
        schedule(10, 1);
        schedule(20, 2);
        schedule(30, 3);
        List<Timer> fired = new ArrayList<>();
        timers.fireUpTo(25, (time, key, length) -> {
            int number = Memory.getByte(key);
            fired.add(new Timer(time, number));
            if (time == 10) {
                schedule(5, 4);
                schedule(26, 5);
                timers.cancel(20, key(2), 1);
                schedule(22, 1);
            }
        });
        assertEquals(List.of(new Timer(10, 1), new Timer(5, 4), new Timer(22, 1)), fired);
        assertEquals(26, timers.next());
        assertEquals(List.of(new Timer(26, 5), new Timer(30, 3)), fire(30));
    }
}
