package dev.connectionmanager.outbound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Places that all teams share. A team gets another one only while more are free than it holds, so that whoever comes next
 * finds some, however many teams are greedy (a dynamic threshold, as switches share their buffers: Choudhury and Hahne,
 * 1998). Whoever only asks gets one while twice as many are free, and never one of the last quarter. Of those who wait,
 * whoever registers something goes first, then the team that has registered the host, then the one that holds least.
 */
final class FairPlaces {
    private final int all;
    private final Map<String, Integer> held = new HashMap<>();
    private final List<Waiting> queue = new ArrayList<>();
    private int free;
    private long arrivals;

    FairPlaces(int all) {
        this.all = all;
        this.free = all;
    }

    private record Waiting(String team, boolean portal, boolean registers, boolean hasHost, long arrival) {}

    /**
     * @param patience how long to wait for a place
     * @return whether there is one for this caller, who then gives it back by {@link #free(Caller)}
     */
    synchronized boolean take(Caller caller, String host, Duration patience) {
        var me = new Waiting(key(caller), caller.isPortal(), caller.registers(), caller.has(host), arrivals++);
        queue.add(me);
        try {
            // The rest would only hold more of the portal's own threads.
            boolean mayWait = queue.size() <= all && waiting(me.team) <= Math.max(1, all / 4);
            long end = System.nanoTime() + (mayWait ? patience.toNanos() : 0);
            while (next() != me) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            free--;
            held.merge(me.team, 1, Integer::sum);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            queue.remove(me);
            notifyAll();
        }
    }

    synchronized void free(Caller caller) {
        free++;
        held.computeIfPresent(key(caller), (team, places) -> places == 1 ? null : places - 1);
        notifyAll();
    }

    private Waiting next() {
        return queue.stream()
                .filter(this::mayTake)
                .min(Comparator.comparing((Waiting one) -> !one.registers && !one.portal)
                        .thenComparing(one -> !one.hasHost)
                        .thenComparing(one -> held(one.team))
                        .thenComparing(Waiting::arrival))
                .orElse(null);
    }

    private boolean mayTake(Waiting one) {
        if (one.portal) {
            return free > 0;
        }
        return one.registers ? free > held(one.team) : free > 2 * held(one.team) && free > all / 4;
    }

    private int held(String team) {
        return held.getOrDefault(team, 0);
    }

    private long waiting(String team) {
        return queue.stream().filter(one -> one.team.equals(team)).count();
    }

    private static String key(Caller caller) {
        return caller.isPortal() ? "" : caller.team();
    }
}
