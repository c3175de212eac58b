/**
 * Log-in sessions of the pages: begun by a log-in at the OpenID Provider, kept in the database, and over when the row is
 * gone, whoever ended them: the person, the clock, or the OpenID Provider by back-channel logout. With a session go the forms that
 * were refused in it.
 *
 * <p>Knows a person by the OpenID Provider's {@code sub} only; nothing of teams. Whose session it is may end it.
 */
package dev.connectionmanager.session;
