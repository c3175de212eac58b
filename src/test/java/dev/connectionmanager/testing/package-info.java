/** What tests share: time that passes when it is told to, waiting without guessing, plain SQL. Knows no room. */
package dev.connectionmanager.testing;
