/**
 * What the mock authorisation service can do wrong on purpose, so that clients can be seen to notice it. Every answer passes
 * {@link dev.connectionmanager.mock.fault.Faults} once, as a draft, before it is signed and sent.
 */
package dev.connectionmanager.mock.fault;
