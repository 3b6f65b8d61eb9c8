// The page of lesson 16 has tests of its own, beside it; they need what is installed here.
import '../../../../lessons/16-websocket-chat/tests/browser/room.test.mjs';
