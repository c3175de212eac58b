package dev.connectionmanager;

import com.google.common.base.Throwables;
import dev.connectionmanager.audit.VerifyCommand;
import dev.connectionmanager.outbound.ChainLimits;
import dev.connectionmanager.start.LocalMode;
import dev.connectionmanager.start.Rehearsal;
import dev.connectionmanager.start.Settings;
import dev.connectionmanager.start.StartRefused;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts the portal: in local mode when the setting for it is given, else with the settings it is given. With the
 * argument {@code verify-audit} it judges an exported audit trail instead, and starts nothing.
 */
@QuarkusMain
public final class Main {
    /** Longer than a portal takes to stop. */
    private static final Duration STOPPING = Duration.ofSeconds(20);

    private Main() {}

    public static void main(String... args) {
        if (args.length > 0 && args[0].equals(VerifyCommand.NAME)) {
            System.exit(VerifyCommand.run(List.of(args).subList(1, args.length), System.out, System.err));
        }
        ChainLimits.raise();
        LocalMode local = null;
        try {
            if (Boolean.parseBoolean(Settings.get("connection-manager.local").orElse("false"))) {
                local = LocalMode.begin(LocalMode.directory(), Settings.httpPort());
                local.settings().forEach(System::setProperty);
            } else {
                Settings.requireAll();
                Settings.requireCheckpointsThatCanBeWritten();
                Settings.requireDatabaseOfThisVersion();
                Settings.derived().forEach(System::setProperty);
            }
        } catch (StartRefused refused) {
            refuse(refused.getMessage());
        } catch (NoClassDefFoundError withoutDatabase) {
            refuse("Connection Manager did not start: this build has no local mode.");
        }
        var stopped = new CountDownLatch(1);
        if (local != null) {
            closeAfter(stopped, local);
        }
        Quarkus.run(
                Portal.class,
                (exitCode, failure) -> {
                    if (failure != null && !saidAlready(failure)) {
                        failure.printStackTrace();
                    }
                    stopped.countDown();
                    System.exit(exitCode);
                },
                args);
    }

    /** Of a start that was refused the sentence has been printed. */
    private static boolean saidAlready(Throwable failure) {
        return Throwables.getRootCause(failure) instanceof PreventFurtherStepsException;
    }

    /** The portal still writes to the database while it stops, also when a signal ends it. */
    private static void closeAfter(CountDownLatch stopped, LocalMode local) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                stopped.await(STOPPING.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            local.close();
        }));
    }

    private static void refuse(String why) {
        System.err.println(why);
        System.exit(1);
    }

    /** Tells where the portal is, once it answers. */
    public static final class Portal implements QuarkusApplication {
        @Override
        public int run(String... args) {
            if (Boolean.getBoolean("connection-manager.local")) {
                System.out.println(LocalMode.welcome(System.getProperty("connection-manager.public-url")));
                Rehearsal.beginUnlessDone();
            }
            Quarkus.waitForExit();
            return 0;
        }
    }
}
