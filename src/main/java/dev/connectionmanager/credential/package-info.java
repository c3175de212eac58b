/**
 * Client secrets: how they are made, kept encrypted, rotated and revoked. API credentials of teams and of operators: how they are made,
 * kept hashed, presented and revoked. Either leaves this room once, when it is issued.
 *
 * <p>Knows a client by its identifiers only, and nothing of what a credential is used for.
 */
package dev.connectionmanager.credential;
