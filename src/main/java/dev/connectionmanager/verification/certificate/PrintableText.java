package dev.connectionmanager.verification.certificate;

import java.util.List;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Names out of certificates as a report may show them: short, and without characters that could disguise the text. */
public final class PrintableText {
    private static final int LONGEST = 100;
    private static final int MOST_NAMES = 10;

    private PrintableText() {}

    /** The common name, else the whole distinguished name. */
    public static String of(X500Principal name) {
        String whole = name.getName(X500Principal.RFC2253);
        try {
            for (Rdn part : new LdapName(whole).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String common) {
                    return plain(common);
                }
            }
        } catch (InvalidNameException unusual) {
            // The whole name serves as well.
        }
        return whole.isEmpty() ? "(no name)" : plain(whole);
    }

    public static String of(List<String> names) {
        String shown =
                names.stream().limit(MOST_NAMES).map(PrintableText::plain).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? shown + ", …" : shown;
    }

    /** The names are the other side's free text: whatever is not visible ASCII could disguise it. */
    public static String plain(String text) {
        String visible = text.replaceAll("[^\\x20-\\x7e]", "?");
        return visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "…";
    }
}
