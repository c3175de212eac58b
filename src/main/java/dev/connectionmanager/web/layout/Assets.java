package dev.connectionmanager.web.layout;

import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import io.quarkus.qute.TemplateExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The styles, scripts and icons of the pages. Each has an address with a fingerprint of its content in it, so that browsers
 * may keep it for good: what changes has another address. Those that an asset names are named with theirs as well.
 */
public final class Assets {
    static final String PLACE = "/assets/";
    private static final Pattern ADDRESS =
            Pattern.compile(PLACE + "((?:images/)?[a-z][a-z.-]*)\\.([0-9a-f]{16})\\.(css|js|svg)");
    private static final Pattern NAMED = Pattern.compile(PLACE + "([a-z][a-z./-]*\\.(?:js|svg))");
    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml");

    private static final Map<String, Asset> READ = new ConcurrentHashMap<>();

    private Assets() {}

    /**
     * @param address with the fingerprint
     * @param packed the same by gzip; empty where that is no shorter
     */
    record Asset(String address, String type, byte[] plain, Optional<byte[]> packed) {}

    /**
     * @param name as it is on the class path under {@code assets/}, such as {@code portal.css}
     * @throws IllegalArgumentException when there is none of that name
     */
    @TemplateExtension(namespace = "asset")
    public static String address(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("no asset: " + name))
                .address();
    }

    /** What is at an address; nothing where the fingerprint is another version's. */
    static Optional<Asset> at(String address) {
        var parts = ADDRESS.matcher(address);
        return parts.matches()
                ? find(parts.group(1) + "." + parts.group(3))
                        .filter(asset -> asset.address().equals(address))
                : Optional.empty();
    }

    private static Optional<Asset> find(String name) {
        var known = READ.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        var read = read(name);
        read.ifPresent(asset -> READ.put(name, asset));
        return read;
    }

    private static Optional<Asset> read(String name) {
        var place = Assets.class.getResource(PLACE + name);
        if (place == null) {
            return Optional.empty();
        }
        try {
            var source = Resources.toByteArray(place);
            var dot = name.lastIndexOf('.');
            var extension = name.substring(dot + 1);
            var content = extension.equals("svg") ? source : withAddresses(source);
            var fingerprint = Hashing.sha256().hashBytes(content).toString().substring(0, 16);
            return Optional.of(new Asset(
                    PLACE + name.substring(0, dot) + "." + fingerprint + "." + extension,
                    TYPES.get(extension),
                    content,
                    Optional.of(pack(content)).filter(packed -> packed.length < content.length)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] withAddresses(byte[] content) {
        return NAMED.matcher(new String(content, StandardCharsets.UTF_8))
                .replaceAll(named -> address(named.group(1)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pack(byte[] content) throws IOException {
        var packed = new ByteArrayOutputStream();
        var gzip = new GZIPOutputStream(packed) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        };
        gzip.write(content);
        gzip.finish();
        return packed.toByteArray();
    }
}
