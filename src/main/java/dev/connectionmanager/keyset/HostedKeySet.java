package dev.connectionmanager.keyset;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A key set that a team keeps at the portal. */
@Entity
public class HostedKeySet {
    /** For so long OpenID Providers keep a key set that they have read. */
    public static final Duration READ_FOR = Duration.ofHours(1);

    @Id
    private UUID id;

    private UUID teamId;
    private String name;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "keys")
    private HostedKeys hosted;

    private String madeByName;
    private Instant madeAt;

    /** In the order in which they were added. */
    record HostedKeys(List<HostedKey> all) {
        HostedKeys {
            all = List.copyOf(all);
        }
    }

    protected HostedKeySet() {}

    public HostedKeySet(UUID teamId, String name, List<HostedKey> keys, String madeByName, Instant now) {
        this.id = UUID.randomUUID();
        this.teamId = teamId;
        this.name = name;
        this.hosted = new HostedKeys(keys);
        this.madeByName = madeByName;
        this.madeAt = now;
    }

    public UUID id() {
        return id;
    }

    public UUID teamId() {
        return teamId;
    }

    public String name() {
        return name;
    }

    public String madeByName() {
        return madeByName;
    }

    public Instant madeAt() {
        return madeAt;
    }

    /** Those that are published at that moment. */
    public List<HostedKey> keys(Instant now) {
        return hosted.all().stream().filter(key -> key.publishedAt(now)).toList();
    }

    /** Of those that are published, the one of this {@code kid} or thumbprint. */
    public Optional<HostedKey> key(String kidOrThumbprint, Instant now) {
        return keys(now).stream().filter(key -> key.named(kidOrThumbprint)).findFirst();
    }

    /**
     * From when on every OpenID Provider that knows the key set knows this key: an hour after it was added, but at once for those with
     * which the key set was made, which nobody can have read before.
     */
    public Instant usableFrom(HostedKey key) {
        return key.addedAt().equals(madeAt) ? madeAt : key.addedAt().plus(READ_FOR);
    }

    /**
     * Adds keys, and has another leave once nobody can miss it: an hour until everybody has read the new ones, and an hour for what
     * was read just before the old one was signed with last.
     *
     * @param replaced the one that leaves; {@code null} = none does
     */
    public void add(List<HostedKey> added, HostedKey replaced, Instant now) {
        var leaving = now.plus(READ_FOR.multipliedBy(2));
        hosted = new HostedKeys(Stream.concat(
                        keys(now).stream()
                                .map(key -> key.equals(replaced) ? key.with(old -> old.leavesAt(leaving)) : key),
                        added.stream())
                .toList());
    }

    /** Ends the publication of a key at once. */
    public void withdraw(HostedKey key, Instant now) {
        var left = new ArrayList<>(keys(now));
        left.remove(key);
        hosted = new HostedKeys(left);
    }

    /** RFC 7517 section 5. */
    public byte[] document(Instant now) {
        return keys(now).stream()
                .map(HostedKey::jwk)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
