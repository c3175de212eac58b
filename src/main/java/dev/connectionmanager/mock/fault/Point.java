package dev.connectionmanager.mock.fault;

import java.util.Locale;

/** The answers of an OpenID Provider, each before it is signed and sent. */
public enum Point {
    /** Members: the provider's metadata. */
    DISCOVERY("Discovery"),
    /** Members: {@code keys}, the list of public keys. */
    KEYS("Key set"),
    /** Members: the parameters that go to the redirect URI. */
    AUTHORIZATION("Answer to the redirect URI"),
    /** Members: claims, to be signed. */
    ID_TOKEN("ID token"),
    /** Members: claims, to be signed. */
    ACCESS_TOKEN("Access token"),
    /** Members: of the token endpoint's answer, the tokens signed already. */
    TOKENS("Answer of the token endpoint"),
    /** Members: claims, to be signed where the client registered an algorithm, else the JSON itself. */
    USERINFO("UserInfo"),
    /** Members: claims, to be signed. */
    LOGOUT_TOKEN("Logout token");

    private final String title;

    Point(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** As lists name it: {@code id-token}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
