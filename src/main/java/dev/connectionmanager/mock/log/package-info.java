/**
 * What the mock authorisation service saw of each request of a client: every check with its verdict, in words that say what to
 * change. Of what callers sent it keeps little, and nothing that lets anybody in.
 */
package dev.connectionmanager.mock.log;
