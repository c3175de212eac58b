package dev.connectionmanager.mock.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.connectionmanager.credential.SecretVault;
import dev.connectionmanager.mock.MockDatabase;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * RSA keys that are made beforehand, in the background and for all nodes: making one takes longer than a caller should wait. They are
 * made from the start of the portal on, by one thread that takes half of a processor at most while there are some.
 */
@Singleton
public class SpareKeys {
    private static final Logger LOG = Logger.getLogger(SpareKeys.class);
    private static final int KID_OCTETS = 20;

    private final MockDatabase database;
    private final SecretVault vault;
    private final Clock clock;
    private final int wanted;
    /** Of those who ask for it meanwhile, one is enough. */
    private final ExecutorService maker = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            SpareKeys::thread,
            new ThreadPoolExecutor.DiscardPolicy());

    /** @param wanted how many are kept */
    SpareKeys(
            MockDatabase database,
            SecretVault vault,
            Clock clock,
            @ConfigProperty(name = "connection-manager.mock.spare-keys") int wanted) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
        this.wanted = wanted;
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "mock-keys");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /** There is none at this moment; there will be in the next. */
    public static final class NoneReady extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Takes one, within the transaction of whoever needs it; {@link #fill} then makes another.
     *
     * @throws NoneReady where there is none
     */
    public JWK take() {
        return database.call(this::take).orElseThrow(NoneReady::new);
    }

    private Optional<JWK> take(Connection connection) throws SQLException {
        try (var query = MockDatabase.prepare(connection, """
                        delete from mock_spare_key where kid =
                            (select kid from mock_spare_key limit 1 for update skip locked)
                        returning kid, sealed""");
                var row = query.executeQuery()) {
            return row.next()
                    ? Optional.of(JWK.parse(vault.open(row.getBytes("sealed"), owner(row.getString("kid")))))
                    : Optional.empty();
        } catch (GeneralSecurityException | ParseException e) {
            throw new IllegalStateException("A spare key of the mock cannot be opened with the keyset", e);
        }
    }

    /** Has what is missing made; returns at once. */
    public void fill() {
        maker.execute(() -> {
            try {
                for (int there = count(); there < wanted; there = count()) {
                    var began = System.nanoTime();
                    keep(make());
                    if (there > 0) {
                        TimeUnit.NANOSECONDS.sleep(System.nanoTime() - began);
                    }
                }
            } catch (IllegalStateException e) {
                // What is stopping has closed what it would be kept in.
                if (!maker.isShutdown()) {
                    LOG.warn("A spare key of the mock could not be made", e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private int count() {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(connection, "select count(*) from mock_spare_key");
                    var row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    private void keep(JWK key) {
        database.update(
                "insert into mock_spare_key (kid, sealed, made_at) values (?, ?, ?)",
                key.getKeyID(),
                vault.seal(key.toJSONString(), owner(key.getKeyID())),
                clock.instant());
    }

    /** As the real provider's: its name in plain Base64, which may hold / and +, and ends with =. */
    static RSAKey make() {
        try {
            var bare = new RSAKeyGenerator(2048).generate();
            var octets = new byte[KID_OCTETS];
            System.arraycopy(bare.computeThumbprint().decode(), 0, octets, 0, KID_OCTETS);
            return new RSAKey.Builder(bare)
                    .keyID(Base64.getEncoder().encodeToString(octets))
                    .keyUse(KeyUse.SIGNATURE)
                    .build();
        } catch (JOSEException e) {
            throw new IllegalStateException("A key of the mock could not be made", e);
        }
    }

    private static String owner(String kid) {
        return "mock-spare-key\n" + kid;
    }

    @PreDestroy
    void stop() {
        maker.shutdownNow();
    }
}
