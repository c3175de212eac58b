package dev.connectionmanager.mock.fault;

/** The answers of an OpenID Provider, each before it is signed and sent. */
public enum Point {
    /** Members: the provider's metadata. */
    DISCOVERY,
    /** Members: {@code keys}, the list of public keys. */
    KEYS,
    /** Members: the parameters that go to the redirect URI. */
    AUTHORIZATION,
    /** Members: claims, to be signed. */
    ID_TOKEN,
    /** Members: claims, to be signed. */
    ACCESS_TOKEN,
    /** Members: of the token endpoint's answer, the tokens signed already. */
    TOKENS,
    /** Members: claims, to be signed where the client registered an algorithm, else the JSON itself. */
    USERINFO,
    /** Members: claims, to be signed. */
    LOGOUT_TOKEN
}
