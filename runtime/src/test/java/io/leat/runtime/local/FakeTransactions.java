package io.leat.runtime.local;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.EpochMark;
import io.leat.runtime.connector.EpochTransactions;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Transactions of a broker that is made up, and does what a test wants with a commit. */
final class FakeTransactions implements EpochTransactions {
    private final Broker broker;
    private final List<String> open = new ArrayList<>();
    private int number;

    /** What survives a client. */
    static final class Broker {
        final List<String> rows = new ArrayList<>();
        String name = "a topic";
        Optional<EpochMark> decided = Optional.empty();
        Commit next = Commit.DONE;
        boolean known;
        private int owner;
    }

    /** What becomes of a commit. */
    enum Commit {
        DONE,
        /** It is done, and nobody hears of it. */
        ANSWER_LOST,
        /** It is not done, and nobody hears of it. */
        REQUEST_LOST
    }

    FakeTransactions(Broker broker) {
        this.broker = broker;
    }

    void write(String row) {
        open.add(row);
    }

    @Override
    public String name() {
        return broker.name;
    }

    @Override
    public void fence() {
        number = ++broker.owner;
    }

    @Override
    public Optional<EpochMark> resolve() {
        return broker.decided;
    }

    @Override
    public void refuseOthers() {
        if (broker.known) {
            throw new ConnectorException(Kind.CONFIGURATION, "the state is lost");
        }
    }

    @Override
    public void begin() {
        open.clear();
    }

    @Override
    public Sink open(SinkContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void flush() {
        // Rows are there.
    }

    @Override
    public boolean decide(EpochMark mark) {
        if (number != broker.owner) {
            return false;
        }
        Commit commit = broker.next;
        broker.next = Commit.DONE;
        if (commit != Commit.REQUEST_LOST) {
            broker.rows.addAll(open);
            broker.decided = Optional.of(mark);
        }
        if (commit != Commit.DONE) {
            throw new ConnectorException(Kind.UNREACHABLE, "nobody knows");
        }
        return true;
    }

    @Override
    public void close() {
        open.clear();
    }
}
