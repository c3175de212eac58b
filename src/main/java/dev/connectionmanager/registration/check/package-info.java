/**
 * Live checks of what is registered: on request ({@code LiveChecks}), every night ({@code NightlyChecks}), and the proof that a
 * team holds a key that it publishes ({@code KeyProofs}). Who asks for one on a page does so through {@code AskedChecks}: it is kept in
 * the database, and any node runs it.
 *
 * <p>Must not hold a transaction while an endpoint is opened.
 */
package dev.connectionmanager.registration.check;
