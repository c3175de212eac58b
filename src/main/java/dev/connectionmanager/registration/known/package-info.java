/**
 * Registered clients as an OpenID Provider knows them: by ID, with what they are judged by at each log-in.
 *
 * <p>Reads only, and asks for no right: who reads must show none of it to people who may not see it.
 */
package dev.connectionmanager.registration.known;
