package dev.connectionmanager.outbound;

import dev.connectionmanager.outbound.CallResult.DnsFailed.Reason;
import dev.connectionmanager.policy.Refusal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Name resolution under a deadline. The JVM’s resolver cannot be interrupted, so it gets threads of its own. */
final class Lookups implements AutoCloseable {
    private final Resolver resolver;
    private final int mostAnswers;
    private final FairPlaces places;
    private final ExecutorService threads;

    Lookups(Resolver resolver, int mostAnswers, int mostThreads) {
        this.resolver = resolver;
        this.mostAnswers = mostAnswers;
        this.places = new FairPlaces(mostThreads);
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    var thread = new Thread(task, "outbound-lookup");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Why a name led nowhere. */
    static final class Failed extends Exception {
        final Reason reason;

        Failed(Reason reason) {
            super(reason.name(), null, false, false);
            this.reason = reason;
        }
    }

    /**
     * @return at least one address, each once, in the resolver’s order
     * @throws Refusal.TooMany when too many lookups still wait for an answer: of this team, or of all
     */
    List<InetAddress> resolve(Caller caller, String host, Duration within) throws Failed {
        if (!places.take(caller, host, Duration.ZERO)) {
            // No fault of this name: others keep the resolver waiting.
            throw new Refusal.TooMany((int) within.toSeconds() + 1);
        }
        List<InetAddress> answers;
        try {
            var lookup = begin(caller, host);
            try {
                answers = lookup.get(within.toNanos(), TimeUnit.NANOSECONDS);
            } finally {
                lookup.cancel(true);
            }
        } catch (TimeoutException e) {
            throw new Failed(Reason.TIMEOUT);
        } catch (ExecutionException e) {
            throw new Failed(isTemporary(e.getCause()) ? Reason.TIMEOUT : Reason.NO_ANSWER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(Reason.TIMEOUT);
        }
        if (answers.isEmpty()) {
            throw new Failed(Reason.NO_ANSWER);
        }
        if (answers.size() > mostAnswers) {
            throw new Failed(Reason.TOO_MANY_ANSWERS);
        }
        return answers.stream().distinct().toList();
    }

    /** The place is free when the resolver has come to an end, however early its answer was given up. */
    private Future<List<InetAddress>> begin(Caller caller, String host) {
        var lookup = new FutureTask<>(() -> resolver.resolve(host));
        try {
            threads.execute(() -> {
                try {
                    lookup.run();
                } finally {
                    places.free(caller);
                }
            });
        } catch (RejectedExecutionException closed) {
            places.free(caller);
            throw closed;
        }
        return lookup;
    }

    /** The JVM has one exception for all; only its words, those of getaddrinfo, tell a server failure from no such name. */
    private static boolean isTemporary(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("Temporary failure");
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
