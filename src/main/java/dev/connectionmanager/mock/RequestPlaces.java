package dev.connectionmanager.mock;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * How many requests the mock works on at once, so that a flood of them leaves the portal's threads and processors to the portal.
 * Those that come meanwhile wait in the order in which they came, without a thread, and what would wait too long is refused.
 */
@Singleton
public class RequestPlaces {
    /** Signing is what they do: more at once than there are processors make nobody faster. */
    private static final int AT_WORK = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());

    private static final int WAITING = 400;

    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final int waiting;
    private int free;

    @Inject
    RequestPlaces() {
        this(AT_WORK, WAITING);
    }

    /** @param waiting how many may wait while so many are at work */
    RequestPlaces(int atWork, int waiting) {
        this.free = atWork;
        this.waiting = waiting;
    }

    /**
     * Has it done now, or when there is a place; its caller then calls {@link #leave} once.
     *
     * @param work must return soon; run by whoever leaves the place to it
     * @return false where too many wait: it is never done
     */
    public boolean enter(Runnable work) {
        synchronized (queue) {
            if (free <= 0) {
                return queue.size() < waiting && queue.add(work);
            }
            free--;
        }
        work.run();
        return true;
    }

    /** Gives a place back. */
    public void leave() {
        Runnable next;
        synchronized (queue) {
            next = free < 0 ? null : queue.poll();
            if (next == null) {
                free++;
            }
        }
        if (next != null) {
            next.run();
        }
    }

    /** Gives the place to others while the work waits for another server. */
    public <T> T lend(Supplier<T> waiting) {
        leave();
        try {
            return waiting.get();
        } finally {
            synchronized (queue) {
                free--;
            }
        }
    }
}
