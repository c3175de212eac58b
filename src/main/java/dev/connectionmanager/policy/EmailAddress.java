package dev.connectionmanager.policy;

import java.util.regex.Pattern;

/** Email addresses: the one rule of what is one, and when two are the same. */
public final class EmailAddress {
    private static final int LONGEST = 254;
    /** RFC 5321 section 4.1.2, without the quoted and the address-literal forms that no organisation hands out. */
    private static final Pattern LOCAL_PART =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*");
    /** RFC 2606 section 2: local mode and its mailbox live there. */
    private static final Pattern EXAMPLE = Pattern.compile("[A-Za-z0-9.-]+\\.example");

    private EmailAddress() {}

    /**
     * Whether mail can be sent to it and a person be known by it. ASCII alone: letters beyond it can be folded into
     * others, which would make one person's address another's (CVE-2019-19844).
     *
     * @param address as typed; {@code null} is none
     */
    public static boolean valid(String address) {
        var at = address == null ? -1 : address.lastIndexOf('@');
        if (at < 1
                || address.length() > LONGEST
                || address.chars().anyMatch(c -> c >= 0x80)
                || !LOCAL_PART.matcher(address.substring(0, at)).matches()) {
            return false;
        }
        var domain = address.substring(at + 1);
        return !domain.endsWith(".")
                && (HostText.takesMail(domain) || EXAMPLE.matcher(domain).matches());
    }

    /** What two spellings of one address share: its letters A to Z made small, and nothing else touched. */
    public static String key(String address) {
        var key = new StringBuilder(address);
        for (int i = 0; i < key.length(); i++) {
            var c = key.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                key.setCharAt(i, (char) (c - 'A' + 'a'));
            }
        }
        return key.toString();
    }
}
