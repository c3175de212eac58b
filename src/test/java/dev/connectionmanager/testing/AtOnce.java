package dev.connectionmanager.testing;

import io.quarkus.arc.Arc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Races: the same act many times at one moment, each as a request of its own. */
public final class AtOnce {
    private AtOnce() {}

    /** @return what each of them gave */
    public static <T> List<T> all(Callable<T> act, int times) throws Exception {
        return each(i -> act, times);
    }

    /** @param acts one for each number from 0 */
    public static <T> List<T> each(IntFunction<Callable<T>> acts, int times) throws Exception {
        var pool = Executors.newFixedThreadPool(times);
        var ready = new CountDownLatch(times);
        try {
            var running = IntStream.range(0, times)
                    .mapToObj(acts)
                    .map(act -> pool.submit(() -> {
                        ready.countDown();
                        ready.await();
                        return asRequest(act);
                    }))
                    .toList();
            var answers = new ArrayList<T>();
            for (var one : running) {
                answers.add(one.get());
            }
            return Collections.unmodifiableList(answers);
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T asRequest(Callable<T> act) throws Exception {
        var context = Arc.container().requestContext();
        context.activate();
        try {
            return act.call();
        } finally {
            context.terminate();
        }
    }
}
