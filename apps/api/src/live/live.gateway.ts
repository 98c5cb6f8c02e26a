import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { OnGatewayInit } from '@nestjs/websockets';
import { WebSocketGateway } from '@nestjs/websockets';
import { isRefusal, liveNamespace } from '@watchfloor/contracts';
import { AccessService } from '../access/access.service.ts';
import { serverEventNeeds } from '../access/matrix.ts';
import { EventBudget } from './event-budget.ts';
import { LiveBroadcast } from './live-broadcast.ts';
import { LiveDoor } from './live-door.ts';
import { LiveListener } from './live-listener.ts';
import type { LiveNamespace, LiveSocket } from './live-socket.ts';
import { firstRooms, NotLetIn, roomOf } from './live-socket.ts';
import { LiveTicks } from './live-ticks.ts';

/** The longest thing that a console says is a list of 500 streams. */
const maxClientMessageBytes = 64 * 1024;

/**
 * Where consoles listen. Nest's guards do not run when a socket connects, so whoever comes is checked in the namespace's
 * middleware, and again for as long as the socket is open: when the session ends or its person's rights change, it is closed.
 */
@WebSocketGateway({
  namespace: liveNamespace,
  serveClient: false,
  maxHttpBufferSize: maxClientMessageBytes,
  perMessageDeflate: false,
  httpCompression: false,
  connectTimeout: 10_000,
  pingInterval: 10_000,
  pingTimeout: 10_000,
  allowEIO3: false,
})
export class LiveGateway implements OnGatewayInit<LiveNamespace>, BeforeApplicationShutdown {
  private stop: () => void = () => undefined;

  constructor(
    private readonly door: LiveDoor,
    private readonly access: AccessService,
    private readonly listener: LiveListener,
    private readonly broadcast: LiveBroadcast,
    private readonly ticks: LiveTicks,
  ) {}

  afterInit(namespace: LiveNamespace): void {
    const { server } = namespace;
    server.engine.opts.allowRequest = (request, decide) => {
      const isWelcome = this.door.mayKnock(request, server.engine.clientsCount);
      decide(isWelcome ? null : 'not from here, or not now', isWelcome);
    };
    server
      .of('/')
      .use((_socket, next) => next(new NotLetIn({ refused: 'not-found', because: `connect to ${liveNamespace}` })));

    namespace.use((socket, next) => {
      void this.door.admit(socket, namespace).then((who) => {
        if (isRefusal(who)) {
          next(new NotLetIn(who));
          return;
        }
        socket.data.who = who;
        socket.data.budget = new EventBudget(performance.now());
        next();
      });
    });
    namespace.on('connection', (socket) => this.welcome(socket));

    const endings = this.access.ended.subscribe((sessionId) =>
      namespace.in(roomOf.session(sessionId)).disconnectSockets(true),
    );
    const stopBroadcast = this.broadcast.start(namespace);
    const stopTicks = this.ticks.start(namespace);
    this.stop = () => {
      endings.unsubscribe();
      stopBroadcast();
      stopTicks();
    };
  }

  beforeApplicationShutdown(): void {
    this.stop();
  }

  private welcome(socket: LiveSocket): void {
    const { who } = socket.data;
    socket.on('disconnect', this.access.watch(who));
    socket.on('disconnect', () => this.broadcast.presenceChanged());
    void socket.join(firstRooms(who, serverEventNeeds));
    this.listener.listen(socket, () => this.broadcast.presenceChanged());
    this.broadcast.greet(socket);
  }
}
