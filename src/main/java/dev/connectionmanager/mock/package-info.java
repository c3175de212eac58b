/**
 * The mock authorisation service: an OpenID Provider for rehearsals, which knows the clients that teams registered in the
 * Path-to-Live environments and tells them why a log-in fails. Its users are made up, its keys are its own, and nothing in the
 * portal trusts what it says. What it keeps is read and written on database connections of its own.
 *
 * <p>Here are its settings and places; {@code user}, {@code client} and {@code log} are what it knows, {@code fault} what it can do
 * wrong on purpose, {@code provider} its issuers, keys and sessions, {@code login} and {@code token} its endpoints, {@code logout} how
 * clients are told that a session has ended.
 */
package dev.connectionmanager.mock;
