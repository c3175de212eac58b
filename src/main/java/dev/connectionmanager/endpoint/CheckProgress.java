package dev.connectionmanager.endpoint;

import java.util.List;
import java.util.function.Supplier;

/**
 * Is told how far the live checks of an act are. It belongs to the thread that acts, so that acts are the same whether or not
 * somebody watches.
 */
public interface CheckProgress {
    /** @param members that name the endpoints which are opened now */
    void opens(List<String> members);

    /** One of them was checked, by whichever thread. */
    void checked(String member);

    /** Does this, and tells the watcher of the endpoints that are opened meanwhile. */
    static <T> T watch(CheckProgress watcher, Supplier<T> act) {
        Watchers.OF_THREAD.set(watcher);
        try {
            return act.get();
        } finally {
            Watchers.OF_THREAD.remove();
        }
    }

    /** Who watches this thread. */
    static CheckProgress current() {
        return Watchers.OF_THREAD.get();
    }

    /** Holds the watchers; nobody else reaches them. */
    final class Watchers {
        private static final CheckProgress NOBODY = new CheckProgress() {
            @Override
            public void opens(List<String> members) {
                // Nobody watches.
            }

            @Override
            public void checked(String member) {
                // Nobody watches.
            }
        };

        private static final ThreadLocal<CheckProgress> OF_THREAD = ThreadLocal.withInitial(() -> NOBODY);

        private Watchers() {}
    }
}
