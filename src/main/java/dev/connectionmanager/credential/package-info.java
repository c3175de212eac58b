/**
 * Client secrets: how they are made, kept encrypted, rotated and revoked. A secret leaves this room once, when it is
 * issued.
 *
 * <p>Knows a client by its identifiers only.
 */
package dev.connectionmanager.credential;
