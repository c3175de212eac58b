package dev.connectionmanager.registration.list;

import dev.connectionmanager.policy.HostText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What somebody types to find the clients that use an address, whatever for.
 *
 * @param host without port, as the database has it
 * @param whole the address, character by character; {@code null} where a host was typed
 */
public record RegisteredAddress(String host, String whole) {
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(?:[^/?#@]*@)?(\\[[^\\]/?#]*\\]|[^/?#:]+)\\S*");
    /** With a dot inside, or this computer's; perhaps with a port. */
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|localhost|[^\\s/?#@:]+\\.[^\\s/?#@:]+)\\.?(:[0-9]+)?/?");

    private static final Pattern CLIENT_ID = Pattern.compile("[0-9]{12}\\.apps(\\.[a-z]*)?");
    /** In {@code revision v} the address, with a parameter for it. */
    private static final String EXACT =
            " and jsonb_path_exists(v.metadata, 'strict $.** ? (@ == $uri)', jsonb_build_object('uri', cast(:uri as text)))";

    /** Empty for what is neither an address nor a host. */
    public static Optional<RegisteredAddress> of(String search) {
        var typed = search.strip();
        var address = ADDRESS.matcher(typed);
        if (address.matches()) {
            return Optional.of(new RegisteredAddress(plain(address.group(1)), typed));
        }
        var host = HOST.matcher(typed);
        return host.matches() && !CLIENT_ID.matcher(typed).matches()
                ? Optional.of(new RegisteredAddress(plain(host.group(1)), null))
                : Optional.empty();
    }

    /** The same host, wherever on it. */
    public RegisteredAddress hostOnly() {
        return new RegisteredAddress(host, null);
    }

    /** SQL: {@code id} is that of a registration that uses it. */
    String condition(int most, Map<String, Object> parameters) {
        parameters.put("hosts", new String[] {host});
        if (whole != null) {
            parameters.put("uri", whole.replace('\0', '\uFFFD'));
        }
        return "id = any(array(select v.registration_id from revision v join registration c on c.id = v.registration_id"
                + " and c.revision = v.number where v.hosts @> cast(:hosts as text[])" + (whole == null ? "" : EXACT)
                + " limit " + most + "))";
    }

    private static String plain(String host) {
        var typed = host.replace('\0', '\uFFFD').toLowerCase(Locale.ROOT);
        var canonical = HostText.of(typed).canonical();
        return canonical == null ? typed : canonical;
    }
}
