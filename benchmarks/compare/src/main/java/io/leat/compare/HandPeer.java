package io.leat.compare;

import java.nio.file.Path;

/** Loops written by hand, one thread: the roof. They believe that every line is well-formed and read no further than they must. */
final class HandPeer implements Peer {
    @Override
    public String name() {
        return "hand";
    }

    @Override
    public boolean takes(Workload workload) {
        return true;
    }

    @Override
    public Run prepare(Workload workload, Path data) {
        Path auctions = data.resolve("auctions.json");
        return switch (workload) {
            case YAHOO -> () -> new HandYahoo(data.resolve("ads.csv")).run(data.resolve("yahoo.json"));
            case Q0 -> () -> new HandBids.Pass(1).run(auctions);
            case Q1 -> () -> new HandBids.Pass(908).run(auctions);
            case Q2 -> () -> new HandBids.Selection().run(auctions);
            case Q3 -> () -> new HandSellers.OfStates().run(auctions);
            case Q5 -> () -> new HandBids.HotItems().run(auctions);
            case Q7 -> () -> new HandBids.Highest().run(auctions);
            case Q8 -> () -> new HandSellers.NewUsers().run(auctions);
        };
    }
}
