/**
 * The one guard for every outgoing connection: {@link dev.connectionmanager.outbound.Guard} dials public addresses
 * only, within hard limits, shows what the server presented, and exchanges one request when it is told to go on.
 *
 * <p>Judges addresses and quantities, never certificates or content: that is for those who ask.
 */
package dev.connectionmanager.outbound;
