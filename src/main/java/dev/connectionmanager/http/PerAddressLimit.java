package dev.connectionmanager.http;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many of a kind each address may have at once. For one more the oldest makes room, so that whoever is quick is served
 * even where others at the same address keep all places taken.
 */
final class PerAddressLimit {
    private final int most;
    private final Map<String, Set<Slot>> taken = new HashMap<>();

    /** @param most for one address */
    PerAddressLimit(int most) {
        this.most = most;
    }

    /**
     * Takes a place.
     *
     * @param address as {@link RateLimits#network} has it
     * @param makeRoom ends what has the place; it may be run by any thread, once at most, and must not wait
     */
    Slot take(String address, Runnable makeRoom) {
        var place = new Slot(address, makeRoom);
        Slot oldest = null;
        synchronized (taken) {
            var places = taken.computeIfAbsent(address, unknown -> new LinkedHashSet<>());
            if (places.size() >= most) {
                oldest = places.iterator().next();
                places.remove(oldest);
            }
            places.add(place);
        }
        if (oldest != null) {
            oldest.makeRoom.run();
        }
        return place;
    }

    /** One of them; the same object only equals itself. */
    final class Slot {
        private final String address;
        private final Runnable makeRoom;

        private Slot(String address, Runnable makeRoom) {
            this.address = address;
            this.makeRoom = makeRoom;
        }

        /** Nothing happens where it was left before, or had to make room. */
        void leave() {
            synchronized (taken) {
                var places = taken.get(address);
                if (places != null && places.remove(this) && places.isEmpty()) {
                    taken.remove(address);
                }
            }
        }
    }
}
