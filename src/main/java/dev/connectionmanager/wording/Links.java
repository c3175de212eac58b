package dev.connectionmanager.wording;

import dev.connectionmanager.mail.Letter;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where letters lead: the addresses of pages, from {@code links.properties}. */
public final class Links {
    private static final ResourceBundle PAGES =
            ResourceBundle.getBundle("dev.connectionmanager.wording.links", Locale.ROOT);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

    /** What an id is made of: nothing that could lead elsewhere, or out of its place in the address. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.~-]*");

    private Links() {}

    /**
     * The address within the portal, beginning with a slash.
     *
     * @throws IllegalArgumentException when there is no such page, or when an id in its address is missing or is none
     */
    public static String path(Letter letter) {
        return PLACEHOLDER.matcher(address(letter.page())).replaceAll(found -> {
            var id = letter.arguments().get(found.group(1));
            if (id == null || !ID.matcher(id).matches()) {
                throw new IllegalArgumentException("The link of the letter " + letter.code() + " needs the argument "
                        + found.group(1) + ", an id");
            }
            return Matcher.quoteReplacement(id);
        });
    }

    private static String address(String page) {
        try {
            return PAGES.getString(page);
        } catch (MissingResourceException e) {
            throw new IllegalArgumentException("links.properties has no " + page);
        }
    }
}
