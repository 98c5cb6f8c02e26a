import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { call } from '../api/client.ts';
import { meQuery } from '../api/queries.ts';
import { Button } from '../parts/button.tsx';
import { Loading } from '../parts/faces.tsx';
import { useTitle } from '../parts/title.ts';
import { refusalWords } from './refusal-words.ts';
import styles from './sign-in-screen.module.css';

const route = getRouteApi('/sign-in');

/** The door. A one-time link opens it at once; else a password does. */
export function SignInScreen() {
  useTitle('Sign in');
  const { to, link, isOver } = route.useSearch();
  const enter = useEnter(to);
  const byLink = useMutation({ mutationFn: (token: string) => call('link', { body: { token } }), onSuccess: enter });
  const { mutate } = byLink;
  const usedLink = useRef<string | undefined>(undefined);
  useEffect(() => {
    // A link works once, so that the second run of this effect (strict mode, a new drawing) must not spend it.
    if (link !== undefined && usedLink.current !== link) {
      usedLink.current = link;
      mutate(link);
    }
  }, [link, mutate]);
  const isOpening = link !== undefined && !byLink.isError;
  return (
    <main className={styles.door}>
      <div className={styles.card}>
        <h1 className={styles.title}>
          <img src="/icon.svg" alt="" width="28" height="28" /> Watchfloor
        </h1>
        {isOver === true ? (
          <p className={styles.note}>Your session is over. Sign in again to go on where you were.</p>
        ) : null}
        {byLink.isError ? (
          <p className={styles.error} role="alert">
            {refusalWords(byLink.error, 'link')}
          </p>
        ) : null}
        {isOpening ? <Loading what="the floor" lines={2} /> : <PasswordForm onEnter={enter} />}
      </div>
    </main>
  );
}

function PasswordForm({ onEnter }: { readonly onEnter: () => Promise<void> }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const login = useMutation({
    mutationFn: () => call('login', { body: { email, password } }),
    onSuccess: onEnter,
    onError: () => setPassword(''),
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        login.mutate();
      }}
    >
      {login.isError ? (
        <p className={styles.error} role="alert" id="why-not">
          {refusalWords(login.error, 'password')}
        </p>
      ) : null}
      <label className={styles.field}>
        Email
        <input
          type="email"
          name="email"
          autoComplete="username"
          required
          maxLength={200}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </label>
      <label className={styles.field}>
        Password
        <input
          type="password"
          name="password"
          autoComplete="current-password"
          required
          maxLength={200}
          value={password}
          aria-describedby={login.isError ? 'why-not' : undefined}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <Button type="submit" look="main" isBusy={login.isPending}>
        Sign in
      </Button>
      <p className={styles.hint}>First time here? The server prints a one-time sign-in link when it starts.</p>
    </form>
  );
}

function useEnter(to: string | undefined): () => Promise<void> {
  const queries = useQueryClient();
  const router = useRouter();
  return async () => {
    queries.clear();
    await queries.query(meQuery);
    router.history.replace(to ?? '/watch');
  };
}
