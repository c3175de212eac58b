package dev.connectionmanager.mock.provider;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.connectionmanager.credential.SecretVault;
import dev.connectionmanager.mock.MockDatabase;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The keys of the issuers: made when first needed, kept sealed, shared by all nodes. */
@Singleton
public class IssuerKeys {
    static final String RSA = "RSA";
    private static final int KID_OCTETS = 20;

    private final MockDatabase database;
    private final SecretVault vault;
    private final Clock clock;
    /** Opening one costs more than signing with it. By issuer and kid: what a kid names never changes. */
    private final Cache<String, JWK> opened =
            CacheBuilder.newBuilder().maximumSize(1_000).build();
    /** Which one is in use, of the public issuer alone: its keys stay. */
    private final Cache<String, JWK> inUse =
            CacheBuilder.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).build();

    IssuerKeys(MockDatabase database, SecretVault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** @return which keys fit; empty for an algorithm that no key of an issuer signs with */
    static Optional<String> family(JWSAlgorithm algorithm) {
        if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return Optional.of(RSA);
        }
        return JWSAlgorithm.Family.EC.contains(algorithm) && !algorithm.equals(JWSAlgorithm.ES256K)
                ? Curve.forJWSAlgorithm(algorithm).stream().findFirst().map(Curve::getName)
                : Optional.empty();
    }

    /** The private key that the issuer signs with. */
    JWK inUse(Issuer issuer, String family) {
        if (issuer.ofTest()) {
            return readOrMake(issuer, family);
        }
        var known = inUse.getIfPresent(family);
        if (known == null) {
            known = readOrMake(issuer, family);
            inUse.put(family, known);
        }
        return known;
    }

    /** All that are published, without their private parts: with at least the one that signs by default. */
    public List<JWK> published(Issuer issuer) {
        inUse(issuer, RSA);
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection,
                            "select public_jwk from mock_key where issuer = ? order by made_at, kid",
                            issuer.id());
                    var rows = query.executeQuery()) {
                List<JWK> keys = new ArrayList<>();
                while (rows.next()) {
                    keys.add(JWK.parse(rows.getString(1)));
                }
                return keys;
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private JWK readOrMake(Issuer issuer, String family) {
        return read(issuer, family).orElseGet(() -> {
            add(issuer, family, make(family), "USED");
            return read(issuer, family).orElseThrow();
        });
    }

    private Optional<JWK> read(Issuer issuer, String family) {
        return database.call(connection -> {
            try (var query = MockDatabase.prepare(
                            connection,
                            "select kid, sealed from mock_key where issuer = ? and family = ? and state = 'USED'",
                            issuer.id(),
                            family);
                    var row = query.executeQuery()) {
                return row.next() ? Optional.of(open(issuer, row)) : Optional.empty();
            }
        });
    }

    private JWK open(Issuer issuer, ResultSet row) throws SQLException {
        var kid = row.getString("kid");
        var name = issuer.id() + "\n" + kid;
        var key = opened.getIfPresent(name);
        if (key == null) {
            try {
                key = JWK.parse(vault.open(row.getBytes("sealed"), owner(issuer, kid)));
            } catch (GeneralSecurityException | ParseException e) {
                throw new IllegalStateException("A key of the mock cannot be opened with the keyset", e);
            }
            opened.put(name, key);
        }
        return key;
    }

    /** Nothing happens where another node was first. */
    void add(Issuer issuer, String family, JWK key, String state) {
        database.update(
                """
                insert into mock_key (issuer, kid, family, public_jwk, sealed, state, made_at)
                values (?, ?, ?, ?::jsonb, ?, ?, ?) on conflict do nothing""",
                issuer.id(),
                key.getKeyID(),
                family,
                key.toPublicJWK().toJSONString(),
                vault.seal(key.toJSONString(), owner(issuer, key.getKeyID())),
                state,
                clock.instant());
    }

    private static String owner(Issuer issuer, String kid) {
        return "mock-key\n" + issuer.id() + "\n" + kid;
    }

    private static JWK make(String family) {
        try {
            var bare = family.equals(RSA)
                    ? new RSAKeyGenerator(2048).generate()
                    : new ECKeyGenerator(Curve.parse(family)).generate();
            // As the real provider's: in plain Base64, which may hold / and +, and ends with =.
            var octets = new byte[KID_OCTETS];
            System.arraycopy(bare.computeThumbprint().decode(), 0, octets, 0, KID_OCTETS);
            var members = bare.toJSONObject();
            members.put("kid", Base64.getEncoder().encodeToString(octets));
            members.put("use", KeyUse.SIGNATURE.identifier());
            return JWK.parse(members);
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException("A key of the mock could not be made", e);
        }
    }
}
